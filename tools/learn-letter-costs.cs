#:project ../src/Amana.Matching
#:property PublishAot=false
#:property NoWarn=$(NoWarn);CA1303;MA0008;CA1861;CA1852;CA5394;MA0047;MA0048;CA1050;IL2026;IL3050;CA1031;CA1515

// Estimates data/letters/{Arab,Hebr,Cyrl,Hang,Latn}.tsv from pairs of one name in two spellings:
//   dotnet run tools/learn-letter-costs.cs -- PAIRS-DIRECTORY OUTPUT-DIRECTORY [SCRIPT...]
// PAIRS-DIRECTORY holds wikidata-name-pairs/ and ar-en-names/. How it is done: data/letters/SOURCE.md.
using System.Globalization;
using System.IO.Compression;
using Amana.Matching.Scripts;

string from = args[0], to = args[1];
string[] wanted = args.Length > 2 ? args[2..] : ["Arab", "Hebr", "Cyrl", "Hang", "Latn"];
foreach (string script in wanted)
{
    var pairs = Pairs.Read(from, script);
    var model = new GroupModel();
    model.Learn(pairs);
    int rows = model.Write(Path.Combine(to, script + ".tsv"), script);
    Console.WriteLine($"{script}: {pairs.Count} pairs, {rows} rows, {model.Kept:P1} of the weight taken for spellings of one name");
}

internal sealed record Pair(string Source, string Latin, double Weight);

internal static class Pairs
{
    private const int LettersMax = 16;

    public static List<Pair> Read(string from, string script) => script switch
    {
        "Arab" => [.. Tokens(from, "arabic", Script.Arab), .. ArabicEnglish(from)],
        "Hebr" => [.. Tokens(from, "hebrew", Script.Hebr)],
        "Cyrl" => [.. Tokens(from, "russian", Script.Cyrl).Where((_, i) => i % 2 == 0)], // half is plenty
        "Hang" => [.. Tokens(from, "korean", Script.Hang)],
        "Hani" => [.. Tokens(from, "chinese", Script.Hani)],
        "Latn" => Spellings(from),
        _ => throw new ArgumentException($"Nothing to learn {script} from.", nameof(script)),
    };

    private static IEnumerable<Pair> Tokens(string from, string language, Script script)
    {
        foreach (string[] row in Lines(Path.Combine(from, "wikidata-name-pairs", $"tokens_{language}.tsv.gz")))
        {
            double weight = 1 + Math.Log(double.Parse(row[2], CultureInfo.InvariantCulture));
            if (Make(row[1].Replace(" ", "", StringComparison.Ordinal), script, row[0], weight) is { } pair) yield return pair;
        }
    }

    private static IEnumerable<Pair> ArabicEnglish(string from) =>
        File.ReadLines(Path.Combine(from, "ar-en-names", "ar2en.txt")).Select(l => l.Split('\t'))
            .Select(r => Make(r[0], Script.Arab, r[1], 1)).OfType<Pair>();

    /// <summary>Two Latin tokens that are written with one token in another script, both ways round.</summary>
    private static List<Pair> Spellings(string from)
    {
        var all = new List<Pair>();
        foreach (var (language, script) in new[] { ("arabic", Script.Arab), ("hebrew", Script.Hebr), ("russian", Script.Cyrl) })
            foreach (var same in Tokens(from, language, script).GroupBy(p => p.Source))
            {
                var some = same.DistinctBy(p => p.Latin).OrderByDescending(p => p.Weight).Take(6).ToArray();
                if (some.Length == 1) continue;
                foreach (var a in some)
                    foreach (var b in some)
                        if (IsNear(a.Latin, b.Latin)) all.Add(new Pair(a.Latin, b.Latin, Math.Min(a.Weight, b.Weight) / some.Length));
            }
        return all;
    }

    private static bool IsNear(string a, string b) => a == b || (Math.Abs(a.Length - b.Length) <= 3
        && (a[0] == b[0] || a[^1] == b[^1]) && Distance(a, b) <= Math.Max(a.Length, b.Length) / 2);

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int corner = row[0]++;
            for (int j = 0; j < b.Length; j++)
                (corner, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j], row[j + 1]) + 1, corner + (a[i] == b[j] ? 0 : 1)));
        }
        return row[^1];
    }

    private static Pair? Make(string native, Script script, string latin, double weight)
    {
        string source = Folded(native), target = Folded(latin);
        if (source.Length == 0 || target.Length == 0 || target.Any(c => !char.IsAsciiLetterLower(c))) return null;
        if (source.Any(c => ScriptRules.Of(c) != script)) return null;
        var letters = new char[64];
        int count = SourceLetters.Spell(source, script, letters);
        if (count > LettersMax * 2 || target.Length > LettersMax) return null;
        return new Pair(new string(letters, 0, count), target, weight);
    }

    private static string Folded(string raw)
    {
        var text = new NameText();
        text.Read(raw);
        return text.Folded.ToString().Replace(" ", "", StringComparison.Ordinal);
    }

    private static IEnumerable<string[]> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line.Split('\t');
    }
}

/// <summary>A joint model of letter groups, estimated by expectation-maximisation over all ways to cut a pair.</summary>
internal sealed class GroupModel
{
    private const int SourceMax = 2, LatinMax = 4, Rounds = 9, RoundOfDoubt = 3, Drift = 4;
    private const double RowsFrom = 2.0, ShareFrom = 0.002, SameName = 0.9;

    /// <summary>What taking two letters at once costs: about the share of one usual group, so that a way with fewer groups
    /// is not likelier for that alone.</summary>
    private const double PairTax = 0.02;

    private readonly Dictionary<(string, string), int> _ids = [];
    private readonly List<(string Source, string Latin)> _groups = [];
    private double[] _shares = [];
    private double[] _counts = [];
    private readonly double[] _letterShares = new double[char.MaxValue + 1];
    private readonly Dictionary<string, double> _met = [];
    private double _weight, _kept;

    public double Kept => _kept / _weight;

    public void Learn(List<Pair> pairs)
    {
        var cut = pairs.Select(p => (Pair: p, Edges: Cut(p))).ToList();
        CountLetters(pairs);
        _shares = [.. _groups.Select(g => Prior(g.Source.Length, g.Latin.Length))];
        for (int round = 0; round < Rounds; round++)
        {
            _counts = new double[_groups.Count];
            (_weight, _kept) = (0, 0);
            if (round == Rounds - 1) _met.Clear();
            foreach (var (pair, edges) in cut) Add(pair, edges, round);
            double sum = 0;
            for (int g = 0; g < _counts.Length; g++)
            {
                if (_groups[g].Source.Length > 1) _counts[g] = Math.Max(0, (_counts[g] * 0.7) - 0.5); // a longer group must earn its place
                sum += _counts[g];
            }
            for (int g = 0; g < _counts.Length; g++) _shares[g] = _counts[g] / sum * (_groups[g].Source.Length > 1 ? PairTax : 1);
        }
    }

    public int Write(string path, string script)
    {
        var rows = new List<(string Source, string Latin, double Share)>();
        for (int g = 0; g < _groups.Count; g++)
        {
            var (source, latin) = _groups[g];
            double share = Math.Min(1, _counts[g] / Math.Max(1, _met.GetValueOrDefault(source)));
            if (_counts[g] >= RowsFrom && share >= ShareFrom * (source.Length > 1 ? 4 : 1) * (script is "Latn" ? 0.25 : 1)) rows.Add((source, latin, share));
        }
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine($"# How {script} letters are spelled in Latin names. Estimated: tools/learn-letter-costs.cs, data/letters/SOURCE.md.");
        writer.WriteLine("# letters TAB Latin letters TAB share of the times the letters are met");
        foreach (var (source, latin, share) in rows.OrderBy(r => r.Source, StringComparer.Ordinal).ThenByDescending(r => r.Share))
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source}\t{latin}\t{share:0.####}"));
        return rows.Count;
    }

    private static double Prior(int source, int latin) => (source, latin) switch
    {
        (1, 1) => 1, (1, 2) => 0.2, (1, 0) => 0.1, (1, 3) => 0.02, (1, 4) => 0.002,
        (2, 1) => 0.002, (2, 2) => 0.001, (2, 3) => 0.0005, _ => 0.0001,
    } / 3000;

    /// <summary>One way on: a group that leads from one cell of the pair's grid to a later one.</summary>
    private readonly record struct Edge(int From, int To, int Group);

    /// <summary>All ways on, in the order of the cells they leave.</summary>
    private Edge[] Cut(Pair pair)
    {
        int n = pair.Source.Length, m = pair.Latin.Length, width = m + 1;
        var edges = new List<Edge>();
        for (int i = 0; i < n; i++)
            for (int j = Math.Max(0, i - Drift); j <= Math.Min(m, (i * LatinMax) + Drift); j++)
                for (int s = 1; s <= SourceMax && i + s <= n; s++)
                    for (int l = s == 1 ? 0 : 1; l <= LatinMax && j + l <= m; l++)
                        if ((m - j - l) <= ((n - i - s) * LatinMax) + 1)
                            edges.Add(new Edge((i * width) + j, ((i + s) * width) + j + l, IdOf(pair.Source.Substring(i, s), pair.Latin.Substring(j, l))));
        return [.. edges];
    }

    private int IdOf(string source, string latin)
    {
        if (_ids.TryGetValue((source, latin), out int id)) return id;
        _groups.Add((source, latin));
        return _ids[(source, latin)] = _groups.Count - 1;
    }

    private void CountLetters(List<Pair> pairs)
    {
        double source = 0, latin = 0;
        foreach (var p in pairs)
        {
            foreach (char c in p.Source) (_letterShares[c], source) = (_letterShares[c] + p.Weight, source + p.Weight);
            if (p.Source[0] is >= 'a' and <= 'z') continue;
            foreach (char c in p.Latin) (_letterShares[c], latin) = (_letterShares[c] + p.Weight, latin + p.Weight);
        }
        for (int c = 0; c < _letterShares.Length; c++) _letterShares[c] /= c is >= 'a' and <= 'z' && latin > 0 ? latin : source;
    }

    private void Add(Pair pair, Edge[] edges, int round)
    {
        int cells = (pair.Source.Length + 1) * (pair.Latin.Length + 1);
        double[] ahead = new double[cells], back = new double[cells];
        ahead[0] = 1;
        back[^1] = 1;
        foreach (ref readonly var e in edges.AsSpan()) ahead[e.To] += ahead[e.From] * _shares[e.Group];
        double whole = ahead[^1];
        _weight += pair.Weight;
        if (whole <= 0) return;
        for (int k = edges.Length - 1; k >= 0; k--) back[edges[k].From] += back[edges[k].To] * _shares[edges[k].Group];
        double weight = pair.Weight * (round < RoundOfDoubt ? 1 : Belief(pair, whole));
        _kept += weight;
        if (round == Rounds - 1) Meet(pair.Source, weight);
        double scale = weight / whole;
        foreach (ref readonly var e in edges.AsSpan())
        {
            double flow = ahead[e.From] * back[e.To];
            if (flow > 0) _counts[e.Group] += flow * _shares[e.Group] * scale;
        }
    }

    private void Meet(string source, double weight)
    {
        for (int i = 0; i < source.Length; i++)
            for (int s = 1; s <= SourceMax && i + s <= source.Length; s++)
                _met[source.Substring(i, s)] = _met.GetValueOrDefault(source.Substring(i, s)) + weight;
    }

    /// <summary>How likely the two are one name at all, against letters that came together by chance.</summary>
    private double Belief(Pair pair, double whole)
    {
        double chance = 1;
        foreach (char c in pair.Source) chance *= _letterShares[c];
        foreach (char c in pair.Latin) chance *= _letterShares[c];
        return SameName * whole / ((SameName * whole) + ((1 - SameName) * chance));
    }
}
