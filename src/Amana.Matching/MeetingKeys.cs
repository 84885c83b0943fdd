using System.Globalization;
using Amana.Matching.Fields;
using Amana.Matching.Scripts;

namespace Amana.Matching;

/// <summary>Short texts that two descriptions of one person have in common though the names are written differently, so that two sides can find out whether they mean
/// the same person by comparing nothing but these, exactly: for blind questions, where nothing can be scored.</summary>
/// <remarks>Two words of the name, each by its consonants in any script, with the whole birth date; or the number of a document with its issuer. Vowels, order, further names,
/// particles and titles make no difference; a short number, which many have, makes none either. A key that meets is a lead and no identification: the two words and the day may be another person's.</remarks>
public static class MeetingKeys
{
    /// <summary>Of one description: what is beyond is left out, the likeliest stay.</summary>
    public const int Most = 24;

    private const int WordsMost = 6, OptionsMost = 2, NamesMost = 8;
    private const float NameWeightMin = 0.5f;

    /// <param name="names">In any script; the first eight are read.</param>
    /// <param name="birthDates">Only whole days count.</param>
    /// <param name="documents">Number and issuer; a null issuer is not known. Whoever asks gives each number with its issuer and without.</param>
    /// <returns>At most <see cref="Most"/>, each once; documents first. Empty when there is nothing that could meet.</returns>
    public static IReadOnlyList<string> Of(IEnumerable<string> names, IEnumerable<PartialDate> birthDates, IEnumerable<(DocumentNumber Number, string? Issuer)> documents)
    {
        ArgumentNullException.ThrowIfNull(names);
        var keys = new List<string>();
        foreach (var (number, issuer) in documents.Where(d => d.Number.IsTelling)) Add(keys, $"d|{issuer ?? "?"}|{number.Confusable}");
        var days = birthDates.Where(d => d is { Month: > 0, Day: > 0, IsAbout: false }).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Year:0000}{d.Month:00}{d.Day:00}")).Distinct().ToList();
        if (days.Count == 0) return keys;
        foreach (string name in names.Take(NamesMost))
        {
            var words = WordsOf(name);
            foreach (string day in days)
            {
                foreach (string pair in PairsOf(words)) Add(keys, $"p|{pair}|{day}");
            }
        }

        return keys;
    }

    private static void Add(List<string> keys, string key)
    {
        if (keys.Count < Most && !keys.Contains(key)) keys.Add(key);
    }

    // Each word's likeliest consonants, in one reading or two; words that are no names are left out.
    private static List<ulong[]> WordsOf(string name)
    {
        var text = new NameText();
        text.Read(name);
        var readings = new Readings();
        var words = new List<ulong[]>();
        Span<ulong> options = stackalloc ulong[Skeleton.KeysMax];
        for (int i = 0; i < text.Count && words.Count < WordsMost; i++)
        {
            var word = ArabicArticle.Without(text.Text(i));
            if (word.IsEmpty || NameTables.OwnWeight(word) < NameWeightMin) continue;
            readings.Clear();
            Romaniser.Read(word, text[i].Script, readings);
            int count = Skeleton.Keys(readings, options);
            ulong[] some = [.. options[..count].ToArray().Where(o => o > 1).Take(OptionsMost)];
            if (some.Length > 0) words.Add(some);
        }

        return words;
    }

    private static IEnumerable<string> PairsOf(List<ulong[]> words)
    {
        if (words.Count == 1)
        {
            foreach (ulong only in words[0]) yield return only.ToString("x", CultureInfo.InvariantCulture);
            yield break;
        }

        // First with last first: given and family name in either order.
        for (int apart = words.Count - 1; apart > 0; apart--)
        {
            for (int i = 0; i + apart < words.Count; i++)
            {
                foreach (ulong one in words[i])
                {
                    foreach (ulong other in words[i + apart])
                    {
                        yield return string.Create(CultureInfo.InvariantCulture, $"{Math.Min(one, other):x}-{Math.Max(one, other):x}");
                    }
                }
            }
        }
    }
}
