using Amana.Matching.Scripts;

namespace Amana.Matching.Asking;

/// <summary>How rare a token is: its share of the index's subjects, and of people beyond it, so that a list of ten records does
/// not make every name common, nor two names without a list equally rare.</summary>
internal static class Rarity
{
    /// <summary>People that are thought to stand behind every index beside its own subjects, and their tokens.</summary>
    public const double People = 50_000, Tokens = 125_000;

    /// <summary>How many of them bear the token. Source of the shares: data/names/rarity.tsv.</summary>
    public static float Beyond(Readings readings)
    {
        float rarity = float.MaxValue;
        for (int r = 0; r < readings.Count; r++) rarity = Math.Min(rarity, NameTables.Rarity(readings[r]));
        return (float)Math.Min(People, Tokens * Math.Exp(-Math.Min(rarity, 20)));
    }

    /// <summary>Nats of evidence in something that so many subjects of a population share; 0 when it is as common as can be.</summary>
    public static float Nats(double subjects, double population) => Math.Max(0, LogOf(population + People) - LogOf(subjects));

    /// <summary>How many subjects may share what is to give so many nats, see <see cref="Nats"/>.</summary>
    public static double SubjectsFor(double nats, double population) => (population + People) * Math.Exp(-nats);

    /// <summary>Natural logarithm of a count of people; a third of one is the least that is thought of.</summary>
    public static float LogOf(double people) => (float)Math.Log(Math.Max(people, 0.3));
}
