using System.Globalization;

namespace Amana.Matching.Scripts;

/// <summary>Puts the rows of a script's letter table together from the files under data/.</summary>
/// <remarks>X.tsv, then X.own.tsv, where the larger share of a spelling counts. Scripts whose vowels are signs on a consonant
/// have a fourth column, and their consonants are spread over all signs. Korean syllables add the spellings of Korean
/// names, and Han letters have their readings.</remarks>
internal static class LetterRows
{
    /// <summary>How much of a Hangul syllable's uses are Korean names, spelled as Koreans spell them.</summary>
    private const double KoreanShare = 0.45;

    /// <summary>Of the names in Han letters, by the language that they are read in, and foreign ones as Chinese writes them.</summary>
    private static readonly (char Language, double Share)[] HanLanguages = [('m', 0.36), ('c', 0.12), ('k', 0.22), ('j', 0.11), ('v', 0.04)];
    private const double ForeignShare = 0.15;

    internal readonly record struct Row(string Letters, string Latin, double Share);

    /// <summary>The ways to read a script: one table, or for Han one for each language and one for foreign names.</summary>
    /// <returns>The share of each way, and its rows; none for a script without tables.</returns>
    public static IEnumerable<(double Share, IEnumerable<Row> Rows)> WaysOf(Script script)
    {
        if (script is Script.Hani) return [.. HanLanguages.Select((l, i) => (l.Share, Han(i))), (ForeignShare, Read("letters/Hani.tsv").Select(r => r.Row))];
        return Tables.Has($"letters/{script}.tsv") ? [(1, Of(script))] : [];
    }

    private static IEnumerable<Row> Of(Script script)
    {
        var rows = Read($"letters/{script}.tsv");
        if (script.HasOwnEndings) rows.Add((new Row(SourceLetters.End.ToString(), "", 1), ""));
        if (rows.Exists(r => r.Kind.Length > 0)) return Abugida.Spread(rows, script);
        if (Tables.Has($"letters/{script}.own.tsv")) rows.AddRange(Read($"letters/{script}.own.tsv"));
        var plain = rows.Select(r => r.Row);
        return Strongest(script is Script.Hang ? plain.Concat(Korean()) : plain);
    }

    private static List<(Row Row, string Kind)> Read(string table) => [.. Tables.Rows(table).Select(r =>
        (new Row(r[0], r[1], double.Parse(r[2], CultureInfo.InvariantCulture)), r.Length > 3 ? r[3] : ""))];

    private static IEnumerable<Row> Strongest(IEnumerable<Row> rows) =>
        rows.GroupBy(r => (r.Letters, r.Latin)).Select(g => g.MaxBy(r => r.Share));

    private static IEnumerable<Row> Korean()
    {
        char[] jamo = new char[3];
        foreach (string[] r in Tables.Rows("han/spellings.tsv"))
        {
            if (r[0] != "k") continue;
            int count = SourceLetters.Spell(r[1], Script.Hang, jamo);
            yield return new Row(new string(jamo, 0, count), r[2], Share(r[3]) * KoreanShare);
        }
    }

    private static IEnumerable<Row> Han(int way)
    {
        char language = HanLanguages[way].Language;
        var spellings = Tables.Rows("han/spellings.tsv").Where(r => r[0][0] == language).GroupBy(r => r[1])
            .ToDictionary(g => g.Key, g => g.Select(r => (Latin: r[2], Share: Share(r[3]))).ToArray());
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string[] r in Tables.Rows("han/readings.tsv"))
        {
            found.Clear();
            string[] readings = r[way + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (string reading in readings)
                foreach (var (latin, share) in language is 'v' ? [(Latin: reading, Share: 1.0)] : spellings[reading])
                    found[latin] = found.GetValueOrDefault(latin) + (share / readings.Length);
            foreach (var (latin, share) in found)
                if (share >= 0.004 && latin.Length <= LetterTable.LatinMax) yield return new Row(r[0], latin, Math.Min(1, share));
        }
    }

    private static double Share(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Consonants that carry a vowel of their own, unless a sign gives them another or takes it away.</summary>
internal static class Abugida
{
    private static readonly (string Vowel, double Share)[] PlainA = [("a", 0.58), ("", 0.4)];

    public static IEnumerable<LetterRows.Row> Spread(List<(LetterRows.Row Row, string Kind)> rows, Script script)
    {
        var own = OwnVowels(script);
        var consonants = rows.Where(r => r.Kind is "C").Select(r => r.Row).ToArray();
        var endings = consonants.Select(c => c.Letters).Where(l => l.Length == 1).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, kind) in rows)
        {
            if (kind is "S")
            {
                foreach (var silenced in Silenced(row, consonants, rows.Where(r => r.Kind is "V").Select(r => r.Row))) yield return silenced;
                continue;
            }
            bool closesOnConsonant = kind.Length == 0 && row.Letters.Length > 1 && endings.Contains(row.Letters[^1..]);
            if (kind is "C" || closesOnConsonant)
                foreach (var (vowel, share) in own) yield return row with { Latin = row.Latin + vowel, Share = row.Share * share };
            else yield return row;
            if (kind is "V" or "X" or "P")
                foreach (var c in consonants)
                    if (c.Letters.Length + row.Letters.Length <= LetterTable.GroupMax)
                        yield return new LetterRows.Row(kind is "P" ? row.Letters + c.Letters : c.Letters + row.Letters, c.Latin + row.Latin, c.Share * row.Share);
        }
    }

    /// <summary>Under a sign that silences: a consonant, or a consonant with its vowel sign. Some write the consonant all the same.</summary>
    private static IEnumerable<LetterRows.Row> Silenced(LetterRows.Row sign, LetterRows.Row[] consonants, IEnumerable<LetterRows.Row> vowels)
    {
        string[] vowelSigns = [.. vowels.Select(v => v.Letters).Distinct(StringComparer.Ordinal)];
        yield return sign with { Share = 1 };
        foreach (string vowel in vowelSigns) yield return new LetterRows.Row(vowel + sign.Letters, "", 1);
        foreach (string letter in consonants.Select(c => c.Letters).Distinct(StringComparer.Ordinal))
        {
            yield return new LetterRows.Row(letter + sign.Letters, "", sign.Share);
            foreach (string vowel in vowelSigns) yield return new LetterRows.Row(letter + vowel + sign.Letters, "", sign.Share);
        }
        foreach (var consonant in consonants)
            yield return consonant with { Letters = consonant.Letters + sign.Letters, Share = consonant.Share * (1 - sign.Share) };
    }

    private static (string Vowel, double Share)[] OwnVowels(Script script) => script switch
    {
        Script.Thai or Script.Laoo => [("", 0.6), ("a", 0.22), ("o", 0.15)],
        Script.Khmr => [("", 0.45), ("a", 0.35), ("o", 0.18)],
        Script.Beng or Script.Orya => [("a", 0.45), ("", 0.38), ("o", 0.15)],
        _ => PlainA,
    };
}
