using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Amana.Server.Foundation;

namespace Amana.Server.Notices;

/// <summary>What the requester states: values by field, as <c>fields.tsv</c> allows them for the type. Immutable; an empty field is absent.</summary>
internal sealed class NoticeContent
{
    public static readonly NoticeContent Empty = new(FrozenDictionary<string, IReadOnlyList<string>>.Empty);

    private readonly FrozenDictionary<string, IReadOnlyList<string>> _values;

    private NoticeContent(FrozenDictionary<string, IReadOnlyList<string>> values) => _values = values;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values => _values;

    public bool Has(string field) => _values.ContainsKey(field);
    public string? Text(string field) => _values.TryGetValue(field, out var values) ? values[0] : null;
    public IReadOnlyList<string> All(string field) => _values.GetValueOrDefault(field, []);
    public int? Number(string field) => Text(field) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
    public PartialDate? Date(string field) => PartialDate.TryParse(Text(field), out var date) ? date : null;

    /// <summary>The name under which lists show it; a thing or event without a person has the beginning of what it says.</summary>
    public string Caption => string.Join(", ", new[] { Text("familyName")?.ToUpperInvariant(), Text("forename") }.OfType<string>()) is { Length: > 0 } name
        ? name : Text("familyNameOriginal") ?? Short(Text("threat") ?? Text("method") ?? Text("circumstances") ?? "");

    public string? CaptionOriginal => string.Join(" ", new[] { Text("forenameOriginal"), Text("familyNameOriginal") }.OfType<string>()) is { Length: > 0 } name ? name : null;

    /// <summary>Reads what was typed or sent, field by field; every wrong one is named.</summary>
    public static Result<NoticeContent> Read(NoticeColour colour, IReadOnlyDictionary<string, IReadOnlyList<string>> typed)
    {
        var (content, problems) = ReadAll(colour, typed);
        return problems.Count > 0 ? problems[0] : content;
    }

    /// <summary>As <see cref="Read"/>, with all that is wrong and all that could be read.</summary>
    public static (NoticeContent Content, IReadOnlyList<Refusal> Problems) ReadAll(NoticeColour colour, IReadOnlyDictionary<string, IReadOnlyList<string>> typed)
    {
        var rules = NoticeRules.Own.Of(colour);
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var problems = new List<Refusal>();
        foreach (var (name, given) in typed)
        {
            if (NoticeRules.Own.FindField(name) is not { } field || !rules.Has(field)) problems.Add(NoticeRefusals.FieldUnknown(name));
            else if (ReadField(field, given, out var kept) is { } problem) problems.Add(problem);
            else if (kept.Count > 0) values[name] = kept;
        }

        return (new NoticeContent(values.ToFrozenDictionary(StringComparer.Ordinal)), problems);
    }

    public string ToJson() => JsonSerializer.Serialize(_values.OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal), JsonRules.Options);

    /// <param name="json">As <see cref="ToJson"/> wrote it.</param>
    public static NoticeContent FromJson(string json) =>
        new(JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(json, JsonRules.Options)!.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>The fields that differ, by name.</summary>
    public IEnumerable<string> ChangedFrom(NoticeContent other) =>
        _values.Keys.Union(other._values.Keys, StringComparer.Ordinal).Where(f => !All(f).SequenceEqual(other.All(f), StringComparer.Ordinal)).Order(StringComparer.Ordinal);

    private static Refusal? ReadField(NoticeField field, IReadOnlyList<string> given, out List<string> kept)
    {
        kept = [];
        foreach (string typed in given.Where(g => !string.IsNullOrWhiteSpace(g)))
        {
            if (typed.Length > field.CharsMax) return NoticeRefusals.FieldTooLong(field);
            if (kept.Count == (field.HasMany ? NoticeField.ValuesMax : 1)) return NoticeRefusals.FieldTooMany(field);
            if (field is { Kind: FieldKind.Flag } && typed is "no" or "false") continue;
            if (field.Read(typed) is not { } value) return NoticeRefusals.FieldUnreadable(field);
            if (value.Length > 0 && !kept.Contains(value)) kept.Add(value);
        }

        return null;
    }

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 79), "…");
}
