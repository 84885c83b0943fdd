using System.Globalization;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Components;

namespace Amana.Server.Web;

/// <summary>The sentences of one request's language, with numbers and dates as that language writes them.</summary>
public sealed class Texts
{
    internal Texts(Language language) => (Language, Formats) = (language, new Formats(language));

    public Language Language { get; }

    public Formats Formats { get; }

    public static Texts In(Language language) => new(language);

    /// <summary>A sentence without arguments.</summary>
    /// <remarks>A key that has no text comes back as it is; the tests read all pages and fail on one.</remarks>
    public string this[string key] => Say(key);

    /// <summary>Whether the key has a text, for codes that come from data.</summary>
    public bool Has(string key) => TextCatalogue.Own.Find(Language, key) is not null;

    /// <summary>Plain text, for attributes, titles and files. Data inside a sentence is isolated with U+2068 and U+2069.</summary>
    public string Say(string key, params (string Name, object? Value)[] arguments)
    {
        if (TextCatalogue.Own.Find(Language, key) is not { } message) return key;
        return message.Fill(Language.Code, AsDictionary(arguments), literal => literal, value => value switch
        {
            null => "",
            string text => $"\u2068{text}\u2069",
            _ => Formatted(value),
        });
    }

    /// <summary>For pages: data inside the sentence stands in a <c>bdi</c> of its own and is encoded.</summary>
    public MarkupString Html(string key, params (string Name, object? Value)[] arguments)
    {
        if (TextCatalogue.Own.Find(Language, key) is not { } message) return new(PageEncoder.Html.Encode(key));
        return new(message.Fill(Language.Code, AsDictionary(arguments), PageEncoder.Html.Encode, value => value switch
        {
            null => "",
            MarkupString markup => markup.Value,
            string text => $"<bdi>{PageEncoder.Html.Encode(text)}</bdi>",
            _ => PageEncoder.Html.Encode(Formatted(value)),
        }));
    }

    /// <summary>What a refusal says to a person; codes without a text of their own say what the API says.</summary>
    public string Of(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        string key = $"refusal.{refusal.Code}";
        return Has(key) ? Say(key, ("field", refusal.Field), ("rule", refusal.Rule), ("ask", refusal.Ask)) : refusal.Detail;
    }

    private string Formatted(object value) => value switch
    {
        int or long or short or byte => Formats.Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        DateOnly date => Formats.Date(date),
        DateTimeOffset instant => Formats.Instant(instant),
        TimeSpan span => Formats.Duration(span),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static Dictionary<string, object?> AsDictionary((string Name, object? Value)[] arguments) =>
        arguments.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal);
}
