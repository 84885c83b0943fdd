using Amana.Server.Foundation;

namespace Amana.Server.Web.Components;

/// <summary>What is wrong with a form, in its order; the same words in the summary and at the field.</summary>
public sealed class FormErrors
{
    private readonly List<FormError> _all = [];

    public IReadOnlyList<FormError> All => _all;

    public bool Any => _all.Count > 0;

    public string? At(string field) => _all.FirstOrDefault(e => e.Field == field)?.Text;

    /// <param name="field">Id of the field; null for the form as a whole.</param>
    public void Add(string? field, string text) => _all.Add(new(field, text));

    /// <summary>A refusal of an act, at the field it names.</summary>
    public void Add(Refusal refusal, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(texts);
        Add(refusal.Field, texts.Of(refusal));
    }
}

public sealed record FormError(string? Field, string Text);
