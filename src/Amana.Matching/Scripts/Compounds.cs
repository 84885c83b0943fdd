using System.Globalization;

namespace Amana.Matching.Scripts;

/// <summary>Words that are two names written as one: those with an element of data/names/compounds.tsv, and two well-known names.</summary>
internal static class Compounds
{
    private const int KnownLettersMin = 3;

    private sealed record Element(string Written, string StandsFor, int RestMin, char Next);

    private static readonly Element[] Firsts = Read("first"), Seconds = Read("second");

    /// <summary>The two names in a word of Latin or Arabic letters: abd and rahman for abdurrahman, nur and din for nureddin.</summary>
    public static bool TrySplit(ReadOnlySpan<char> word, out ReadOnlySpan<char> first, out ReadOnlySpan<char> second)
    {
        foreach (var element in Seconds)
        {
            if (word.Length < element.Written.Length + element.RestMin || !word.EndsWith(element.Written)) continue;
            first = word[..^element.Written.Length];
            second = element.StandsFor;
            return true;
        }
        foreach (var element in Firsts)
        {
            int rest = word.Length - element.Written.Length;
            if (rest < element.RestMin || !word.StartsWith(element.Written)) continue;
            if (element.Next != 0 && word[element.Written.Length] != element.Next) continue;
            first = element.StandsFor;
            second = word[element.Written.Length..];
            return true;
        }
        return TrySplitKnown(word, out first, out second);
    }

    /// <summary>alireza, annamaria.</summary>
    private static bool TrySplitKnown(ReadOnlySpan<char> word, out ReadOnlySpan<char> first, out ReadOnlySpan<char> second)
    {
        for (int cut = KnownLettersMin; cut <= word.Length - KnownLettersMin; cut++)
        {
            first = word[..cut];
            second = word[cut..];
            if (NameTables.IsKnownName(first) && NameTables.IsKnownName(second)) return true;
        }
        first = second = default;
        return false;
    }

    private static Element[] Read(string place) =>
    [
        .. Tables.Rows("names/compounds.tsv").Where(r => r[1] == place)
            .Select(r => new Element(r[0], r[2], int.Parse(r[3], CultureInfo.InvariantCulture), r.Length > 4 ? r[4][0] : '\0'))
            .OrderByDescending(e => e.Written.Length),
    ];
}
