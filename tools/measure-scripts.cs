#:project ../src/Amana.Matching
#:property PublishAot=false
#:property NoWarn=$(NoWarn);CA1303;CA1861;CA1852;MA0047;MA0048;CA1050;CA1515;MA0008;CA5394;MA0009

// Measures readings, keys and costs on pairs of one name in two scripts:
//   dotnet run -c Release tools/measure-scripts.cs -- DATA-DIRECTORY [PAIRS]
// Prints per script: how often a key is shared, how often a reading is the Latin spelling itself, the cost of true and of
// shuffled pairs, how often a true pair is cheaper than a random one, and nanoseconds a token.
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Amana.Matching.Scripts;

string data = args[0];
int most = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4000;
Console.WriteLine("script | pairs | key met | a reading is it | cost true p50 p90 | random p10 p50 | true < random | key ns | cost ns");
foreach (var (name, script) in new[] { ("arabic", Script.Arab), ("hebrew", Script.Hebr), ("russian", Script.Cyrl), ("korean", Script.Hang), ("chinese", Script.Hani) })
    Measure(name, script, Pairs(Path.Combine(data, "wikidata-name-pairs", $"tokens_{name}.tsv.gz")));
Measure("ar-en", Script.Arab, File.ReadLines(Path.Combine(data, "ar-en-names", "ar2en.txt")).Select(l => l.Split('\t')).Select(r => (r[1], r[0])));

IEnumerable<(string, string)> Pairs(string path)
{
    using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
    while (reader.ReadLine() is { } line)
        if (line.Split('\t') is [var latin, var native, ..]) yield return (latin, native.Replace(" ", "", StringComparison.Ordinal));
}

void Measure(string name, Script script, IEnumerable<(string Latin, string Native)> all)
{
    var pairs = all.Select(p => (Latin: Fold(p.Latin), Native: Fold(p.Native))).Where(p => p.Latin.Length > 1 && p.Native.Length > 0 && p.Latin.All(char.IsAsciiLetterLower)).ToArray();
    var random = new Random(7);
    random.Shuffle(pairs);
    pairs = pairs[..Math.Min(most, pairs.Length)];
    var cost = new TokenCost();
    var other = new Readings();
    Span<ulong> mine = stackalloc ulong[Skeleton.KeysMax], theirs = stackalloc ulong[Skeleton.KeysMax];
    int met = 0, same = 0, wins = 0;
    var right = new List<float>();
    var wrong = new List<float>();
    long keyTicks = 0, costTicks = 0;
    for (int i = 0; i < pairs.Length; i++)
    {
        var (latin, native) = pairs[i];
        long t0 = Stopwatch.GetTimestamp();
        cost.Prepare(native, script);
        int a = Skeleton.Keys(cost.Readings, mine);
        long t1 = Stopwatch.GetTimestamp();
        Romaniser.Read(latin, Script.Latn, other);
        int b = Skeleton.Keys(other, theirs);
        if (mine[..a].IndexOfAny(theirs[..b]) >= 0) met++;
        for (int r = 0; r < cost.Readings.Count; r++)
            if (cost.Readings[r].SequenceEqual(latin)) same++;
        string stranger = pairs[(i + 1) % pairs.Length].Latin;
        long t2 = Stopwatch.GetTimestamp();
        float yes = cost.To(latin, Script.Latn, 40), no = cost.To(stranger, Script.Latn, 40);
        costTicks += Stopwatch.GetTimestamp() - t2;
        keyTicks += t1 - t0;
        right.Add(Math.Min(yes, 40));
        wrong.Add(Math.Min(no, 40));
        if (yes < no) wins++;
    }
    right.Sort();
    wrong.Sort();
    int n = pairs.Length;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name} | {n} | {100.0 * met / n:0.0} | {100.0 * same / n:0.0} | {right[n / 2]:0.0} {right[n * 9 / 10]:0.0} | {wrong[n / 10]:0.0} {wrong[n / 2]:0.0} | {100.0 * wins / n:0.0} | {keyTicks * 1e9 / Stopwatch.Frequency / n:0} | {costTicks * 1e9 / Stopwatch.Frequency / n / 2:0}"));
}

static string Fold(string raw) => NameText.FoldedOf(raw).Replace(" ", "", StringComparison.Ordinal);
