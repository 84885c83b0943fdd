using System.Collections.Frozen;
using System.Globalization;

namespace Amana.Matching.Scripts;

/// <summary>What is known of the words that names are made of. Every text is folded, as <see cref="NameText"/> folds it;
/// where a table holds several words, they stand with one space between them, as in <see cref="NameText.Folded"/>.</summary>
/// <remarks>All look-ups are allocation-free and thread-safe. The tables and their sources: data/names.</remarks>
internal static class NameTables
{
    /// <summary>The longest entry of a company form or title, in tokens.</summary>
    public const int WordsMax = 6;

    private const float CompanyFormWeight = 0.15f;

    /// <summary>Tokens of a person's name, about.</summary>
    private const double TokensOfPerson = 2.5;

    private static readonly Words Particles = new("names/particles.tsv");
    private static readonly Words Titles = new("names/titles.tsv");
    private static readonly Words Forms = new("names/company-forms.tsv");
    private static readonly Words Vessels = new("names/vessel-prefixes.tsv");
    private static readonly Words Rarities = new("names/rarity.tsv");
    private static readonly Words Common = new("names/common.tsv");
    private static readonly GivenNames Given = new();

    /// <summary>How much of its weight a particle keeps: 1 for a word that is none, 0.1 for al or de.</summary>
    public static float ParticleWeight(ReadOnlySpan<char> token) => Particles.NumberOf(token, 1f);

    /// <summary>How much of its weight a title keeps: 0 for dr, prof, الدكتور and the like, of one or more words, 0.5 for a
    /// word that is a name as well, such as sayyid or king, 1 for what is no title.</summary>
    public static float TitleWeight(ReadOnlySpan<char> words) => Titles.NumberOf(words, 1f);

    /// <summary>How much of its weight a single word keeps: 1 for a name, less for a particle, title or company form.</summary>
    public static float OwnWeight(ReadOnlySpan<char> token) =>
        Math.Min(Math.Min(ParticleWeight(token), TitleWeight(token)), CompanyForm(token) == 0 ? 1f : CompanyFormWeight);

    /// <summary>The kind of company form that the words are, such as ltd for ltd, limited, ооо, gmbh; 0 for none.</summary>
    /// <remarks>Equal numbers are the same kind of company: they neither prove nor disprove anything.</remarks>
    public static int CompanyForm(ReadOnlySpan<char> words) => Forms.IdOf(words);

    /// <summary>The word that stands for a kind of company form.</summary>
    public static string CompanyFormWord(int form) => Forms.KindOf(form);

    /// <summary>MV, M/T, SS, motor vessel and the like.</summary>
    public static bool IsVesselPrefix(ReadOnlySpan<char> words) => Vessels.Contains(words);

    /// <summary>The sets of given names that the token belongs to: forms in other languages and short forms.</summary>
    /// <remarks>Two tokens that share a set may be one person's name: bill and william, sasha and aleksandr.</remarks>
    public static ushort[] GivenNameSets(ReadOnlySpan<char> token) => Given.SetsOf(token);

    /// <summary>All names of a set, folded.</summary>
    public static string[] NamesOfSet(ushort set) => Given.NamesOf(set);

    /// <summary>Whether both belong to one set of given names.</summary>
    public static bool AreGivenNameForms(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => Given.SetsOf(a).AsSpan().IndexOfAny(Given.SetsOf(b)) >= 0;

    /// <summary>How rare a Latin token is among people, in nats: -ln of its share of all name tokens.</summary>
    /// <remarks>About 4.5 for mohamed, 7 for a common family name, 12 and above for a token the table does not know.</remarks>
    public static float Rarity(ReadOnlySpan<char> latin) =>
        Rarities.NumberOf(latin, 11.5f + (0.35f * Math.Clamp(latin.Length - 4, 0, 6)));

    /// <summary>The share of people who bear a Latin token, for those that a table of common names knows; 0 for all others.</summary>
    public static double ShareOfPeople(ReadOnlySpan<char> latin)
    {
        float nats = Rarities.NumberOf(latin, Common.NumberOf(latin, float.MaxValue));
        return nats == float.MaxValue ? 0 : TokensOfPerson * Math.Exp(-nats);
    }

    /// <summary>Whether a table of given names or of common names knows the token.</summary>
    public static bool IsKnownName(ReadOnlySpan<char> token) => Given.SetsOf(token).Length > 0 || Rarities.Contains(token);

    /// <summary>Whether a Latin token is built as a patronymic: ivanovich, sergeevna, ogly.</summary>
    public static bool IsPatronymic(ReadOnlySpan<char> latin) => Patronymics.Is(latin);
}

/// <summary>One table whose first column is a word or words, and whose second is a number or a kind.</summary>
internal sealed class Words
{
    private readonly FrozenDictionary<string, (int Id, float Number)> _entries;
    private readonly FrozenDictionary<string, (int Id, float Number)>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private readonly List<string> _kinds = [""];

    public Words(string table)
    {
        var entries = new Dictionary<string, (int, float)>(StringComparer.Ordinal);
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string[] row in Tables.Rows(table))
        {
            string kind = row.Length > 1 ? row[1] : row[0];
            if (!kinds.TryGetValue(kind, out int id))
            {
                kinds[kind] = id = kinds.Count + 1;
                _kinds.Add(kind);
            }
            float number = float.TryParse(kind, CultureInfo.InvariantCulture, out float n) ? n : 0;
            entries.TryAdd(NameText.FoldedOf(row[0]), (id, number));
        }
        _entries = entries.ToFrozenDictionary(StringComparer.Ordinal);
        _lookup = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string KindOf(int id) => _kinds[id];
    public bool Contains(ReadOnlySpan<char> words) => _lookup.ContainsKey(words);
    public int IdOf(ReadOnlySpan<char> words) => _lookup.TryGetValue(words, out var entry) ? entry.Id : 0;
    public float NumberOf(ReadOnlySpan<char> words, float otherwise) => _lookup.TryGetValue(words, out var entry) ? entry.Number : otherwise;
}

/// <summary>Sets of given names: a row of data/names/given.tsv each.</summary>
internal sealed class GivenNames
{
    private readonly FrozenDictionary<string, ushort[]> _sets;
    private readonly FrozenDictionary<string, ushort[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly string[][] _names;

    public GivenNames()
    {
        var sets = new Dictionary<string, List<ushort>>(StringComparer.Ordinal);
        var names = new List<List<string>> { new() };
        ushort number = 0;
        foreach (string[] row in Tables.Rows("names/given.tsv"))
        {
            number++;
            names.Add([]);
            foreach (string name in row[0].Split(' '))
            {
                string folded = NameText.FoldedOf(name);
                if (!sets.TryGetValue(folded, out var list)) sets[folded] = list = [];
                if (list.Contains(number)) continue;
                list.Add(number);
                names[number].Add(folded);
            }
        }
        _names = [.. names.Select(n => n.ToArray())];
        _sets = sets.ToFrozenDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal);
        _lookup = _sets.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string[] NamesOf(ushort set) => _names[set];

    public ushort[] SetsOf(ReadOnlySpan<char> token) => _lookup.TryGetValue(token, out ushort[]? sets) ? sets : [];
}

/// <summary>Names made from the father's: the endings of data/names/patronymics.tsv.</summary>
internal static class Patronymics
{
    private static readonly string[] Endings = [.. Tables.Rows("names/patronymics.tsv").Select(r => r[0])];

    public static bool Is(ReadOnlySpan<char> latin)
    {
        foreach (string ending in Endings)
            if (latin.Length >= ending.Length && latin.EndsWith(ending)) return true;
        return false;
    }
}
