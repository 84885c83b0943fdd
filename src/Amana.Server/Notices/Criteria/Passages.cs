namespace Amana.Server.Notices;

/// <summary>A passage that a word of <c>hints.tsv</c> stands in. It leads the eye and decides nothing.</summary>
/// <param name="Field">The field it is in.</param>
/// <param name="From">Chars from the start of the field's text.</param>
internal sealed record Passage(string Field, int From, int Length, string Kind);

internal static class Passages
{
    private static readonly string[] Read =
    [
        .. ((string[])["facts", "role", "charges", "assessment", "groundsText", "circumstances", "threat", "method"])
            .SelectMany(f => NoticeRules.Languages.Select(l => $"{f}.{l}").Where(t => NoticeRules.Own.FindField(t) is not null).Prepend(f)),
    ];

    /// <summary>In the order of the texts; none overlaps another.</summary>
    public static IReadOnlyList<Passage> In(NoticeContent content) => [.. Read.SelectMany(field => In(field, content.Text(field) ?? ""))];

    private static IEnumerable<Passage> In(string field, string text)
    {
        int from = 0;
        while (from < text.Length)
        {
            Passage? first = null;
            foreach (var hint in NoticeRules.Own.Hints)
            {
                int at = Find(text, hint.Words, from);
                if (at >= 0 && (first is null || at < first.From || (at == first.From && hint.Words.Length > first.Length))) first = new Passage(field, at, hint.Words.Length, hint.Kind);
            }

            if (first is null) yield break;
            yield return first;
            from = first.From + first.Length;
        }
    }

    // Whole words: letters on neither side. Arabic joins the article and one-letter words to the front, so there only the end counts.
    private static int Find(string text, string words, int from)
    {
        bool arabic = words[0] is >= '\u0600' and <= '\u06FF';
        for (int at = text.IndexOf(words, from, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            bool begins = arabic || at == 0 || !char.IsLetter(text[at - 1]);
            bool ends = at + words.Length == text.Length || arabic || !char.IsLetter(text[at + words.Length]);
            if (begins && ends) return at;
        }

        return -1;
    }
}
