using System.Diagnostics.CodeAnalysis;

namespace Amana.Server.Web;

/// <summary>A translated sentence in the ICU message syntax: <c>{name}</c>,
/// <c>{count, plural, one {# row} other {# rows}}</c>, <c>{sex, select, female {…} other {…}}</c>.
/// An apostrophe is an apostrophe; only <c>'{'</c> and <c>'}'</c> stand for braces.</summary>
internal sealed class Message
{
    private readonly IReadOnlyList<Part> _parts;

    private Message(IReadOnlyList<Part> parts, string text) => (_parts, Text) = (parts, text);

    public string Text { get; }

    /// <summary>Names of the arguments with their kind, such as <c>count:plural</c>, sorted.</summary>
    public IReadOnlyList<string> Arguments =>
        [.. Flatten(_parts).Where(p => p.Name is not null).Select(p => $"{p.Name}:{p.Kind}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The cases of every plural in the sentence.</summary>
    public IEnumerable<IReadOnlyCollection<string>> Plurals =>
        Flatten(_parts).Where(p => p.Kind == "plural").Select(p => (IReadOnlyCollection<string>)p.Cases!.Keys);

    public static bool TryParse(string text, [NotNullWhen(true)] out Message? message)
    {
        int at = 0;
        var parts = ParseParts(text, ref at, depth: 0);
        message = parts is not null && at == text.Length ? new Message(parts, text) : null;
        return message is not null;
    }

    /// <summary>Fills the arguments in.</summary>
    /// <param name="literal">How the fixed words are written (as they are, or encoded for HTML).</param>
    /// <param name="argument">How an argument's value is written.</param>
    public string Fill(string language, IReadOnlyDictionary<string, object?> arguments, Func<string, string> literal, Func<object?, string> argument)
    {
        var text = new System.Text.StringBuilder();
        Write(_parts, null);
        return text.ToString();

        void Write(IReadOnlyList<Part> parts, object? number)
        {
            foreach (var part in parts)
            {
                if (part.Literal is not null) text.Append(literal(part.Literal));
                else if (part.Kind == "hash") text.Append(argument(number));
                else if (part.Kind == "value") text.Append(argument(arguments.GetValueOrDefault(part.Name!)));
                else Write(Choose(part, language, arguments.GetValueOrDefault(part.Name!)), arguments.GetValueOrDefault(part.Name!));
            }
        }
    }

    private static IReadOnlyList<Part> Choose(Part part, string language, object? value)
    {
        var cases = part.Cases!;
        if (part.Kind == "select") return cases.GetValueOrDefault(value?.ToString() ?? "other") ?? cases["other"];
        long number = Convert.ToInt64(value ?? 0, System.Globalization.CultureInfo.InvariantCulture);
        return cases.GetValueOrDefault($"={number}")
            ?? cases.GetValueOrDefault(PluralRules.CategoryOf(language, number))
            ?? cases["other"];
    }

    private static IEnumerable<Part> Flatten(IReadOnlyList<Part> parts) =>
        parts.SelectMany(p => p.Cases is null ? [p] : p.Cases.Values.SelectMany(Flatten).Prepend(p));

    private static List<Part>? ParseParts(string text, ref int at, int depth)
    {
        var parts = new List<Part>();
        var literal = new System.Text.StringBuilder();
        while (at < text.Length && !(text[at] == '}' && depth > 0))
        {
            char c = text[at];
            if (c == '\'' && at + 2 < text.Length && text[at + 1] is '{' or '}' && text[at + 2] == '\'') { literal.Append(text[at + 1]); at += 3; }
            else if (c == '}') return null;
            else if (c == '#' && depth > 0) { Flush(); parts.Add(new Part { Kind = "hash" }); at++; }
            else if (c == '{')
            {
                Flush();
                at++;
                if (ParseArgument(text, ref at, depth) is not { } argument) return null;
                parts.Add(argument);
            }
            else { literal.Append(c); at++; }
        }
        Flush();
        return parts;

        void Flush()
        {
            if (literal.Length > 0) parts.Add(new Part { Kind = "literal", Literal = literal.ToString() });
            literal.Clear();
        }
    }

    private static Part? ParseArgument(string text, ref int at, int depth)
    {
        if (depth > 8) return null;
        string name = Word(text, ref at);
        if (name.Length == 0 || at >= text.Length) return null;
        if (text[at] == '}') { at++; return new Part { Kind = "value", Name = name }; }
        if (text[at++] != ',') return null;
        string kind = Word(text, ref at);
        if (kind is not ("plural" or "select") || at >= text.Length || text[at++] != ',') return null;
        var cases = new Dictionary<string, IReadOnlyList<Part>>(StringComparer.Ordinal);
        while (true)
        {
            string selector = Word(text, ref at);
            if (at >= text.Length) return null;
            if (text[at] == '}' && selector.Length == 0) { at++; break; }
            if (text[at++] != '{' || selector.Length == 0) return null;
            if (ParseParts(text, ref at, depth + 1) is not { } inner || at >= text.Length || text[at++] != '}') return null;
            if (!cases.TryAdd(selector, inner)) return null;
        }
        return cases.ContainsKey("other") ? new Part { Kind = kind, Name = name, Cases = cases } : null;
    }

    private static string Word(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        int start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '=' or '-' or '_')) at++;
        string word = text[start..at];
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return word;
    }

    private sealed class Part
    {
        public required string Kind { get; init; }
        public string? Literal { get; init; }
        public string? Name { get; init; }
        public IReadOnlyDictionary<string, IReadOnlyList<Part>>? Cases { get; init; }
    }
}
