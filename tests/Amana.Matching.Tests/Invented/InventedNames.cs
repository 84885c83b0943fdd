using CsCheck;

namespace Amana.Matching.Tests.Invented;

/// <summary>A name that nobody bears, in a script and as it is spelled in Latin letters.</summary>
internal sealed record InventedName(string Text, string Latin);

/// <summary>Makes such names from syllables.tsv.</summary>
internal static class InventedNames
{
    private sealed record Parts(Gen<InventedName> Given, Gen<InventedName> Family, bool IsWrittenTogether);

    private static readonly Dictionary<string, Parts> ByScript = Read();

    public static IReadOnlyCollection<string> Scripts => ByScript.Keys;

    /// <summary>A given name or two and a family name, in the order that the script writes them.</summary>
    public static Gen<InventedName> In(string script) => Made(ByScript[script], ByScript[script].Given, ByScript[script].Family);

    /// <summary>Names whose words come from few, as on a real list, so that many share one.</summary>
    public static InventedName[] Population(string script, int count, string seed)
    {
        var parts = ByScript[script];
        var given = OneOf(parts.Given.Array[60].Single(_ => true, seed));
        var family = OneOf(parts.Family.Array[200].Single(_ => true, seed));
        return Made(parts, given, family).Array[count].Single(_ => true, seed);
    }

    public static Gen<T> OneOf<T>(T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    private static Gen<InventedName> Made(Parts parts, Gen<InventedName> given, Gen<InventedName> family) => parts.IsWrittenTogether
        ? Gen.Select(family, given, (f, g) => new InventedName(f.Text + g.Text, f.Latin + " " + Capital(g.Latin)))
        : Gen.Select(given.Array[1, 2], family, (g, f) => new InventedName(Spaced(g.Append(f).Select(w => w.Text)), Spaced(g.Append(f).Select(w => Capital(w.Latin)))));

    private static string Spaced(IEnumerable<string> words) => string.Join(' ', words);

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static Dictionary<string, Parts> Read()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Invented", "syllables.tsv")).Where(l => l is not ['#', ..])
            .Select(l => l.Split('\t')).GroupBy(r => r[0], r => (Part: r[1], Words: Pairs(r[2])));
        return rows.ToDictionary(g => g.Key, g => PartsOf(g.ToDictionary(r => r.Part, r => OneOf(r.Words))));
    }

    private static Parts PartsOf(Dictionary<string, Gen<InventedName>> parts)
    {
        if (parts.TryGetValue("family", out var family)) return new Parts(parts["given"].Array[1, 2].Select(Joined), family, IsWrittenTogether: true);
        var syllable = Gen.Select(parts["onset"], parts["vowel"], (o, v) => Joined([o, v]));
        var codas = Gen.Select(Gen.Bool, parts["coda"], (has, coda) => has ? coda : new InventedName("", ""));
        Gen<InventedName> Word(int least, int most) => Gen.Select(syllable.Array[least, most], codas, (s, coda) => Joined([.. s, coda]));
        return new Parts(Word(2, 2), Word(2, 3), IsWrittenTogether: false);
    }

    private static InventedName Joined(InventedName[] parts) => new(string.Concat(parts.Select(p => p.Text)), string.Concat(parts.Select(p => p.Latin)));

    private static InventedName[] Pairs(string cell) =>
        [.. cell.Split(' ').Select(p => p.Split('=')).Select(p => new InventedName(p[1], p[0]))];
}
