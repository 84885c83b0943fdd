using System.Numerics;
using Amana.Matching.Asking;
using Amana.Matching.Scripts;

namespace Amana.Matching.Scoring;

/// <summary>How many people bear a name that agrees with the question as far as a record's does.</summary>
/// <remarks>Each rung says how many people bear a token as near as its own: those of the lists asked, and those beyond them
/// (<see cref="Rarity"/>), or more by a table of common names. The rarest rung counts in full; of the people it leaves, each further one is borne by
/// <see cref="Together"/> times as many as among all, for names of one language go together.</remarks>
internal static class Namesakes
{
    /// <summary>Between two measurements: 2 among the people of a list of sanctioned and elected persons, 12 among people made with the
    /// given and family names of their country.</summary>
    private const double Together = 5;
    /// <summary>Fewer people than this are not thought of.</summary>
    private const double PeopleMin = 0.15;
    private const double Million = 1e6;

    /// <returns>People in a million; null when no name agrees, only titles and particles.</returns>
    public static double? InMillion(Asked asked, AskedName name, ReadOnlySpan<Rung> rungs)
    {
        Span<double> known = stackalloc double[rungs.Length];
        for (int i = 0; i < rungs.Length; i++)
            known[i] = rungs[i].Relation is Relation.Initial or Relation.Joined ? 0 : ShareOf(asked.Unit(name.Tokens[BitOperations.TrailingZeroCount(rungs[i].Asked)].Unit).Cost);
        return InMillion(rungs, known, asked.LogPopulation);
    }

    /// <param name="known">Of each rung, the share of people who bear its token by the table of common names; 0 when it does not say.</param>
    public static double? InMillion(ReadOnlySpan<Rung> rungs, ReadOnlySpan<double> known, float logPopulation)
    {
        double rarest = 1, further = 1;
        bool any = false;
        for (int i = 0; i < rungs.Length; i++)
        {
            if (rungs[i].Own < NameLadder.LightBelow) continue;
            double share = Math.Max(ShareOf(rungs[i].Evidence / rungs[i].Own, logPopulation), known[i]);
            any = true;
            further *= Math.Min(1, Together * Math.Max(share, rarest));
            rarest = Math.Min(share, rarest);
        }
        return any ? rarest * further * Million : null;
    }

    /// <summary>Of its commonest reading, or form in another language.</summary>
    private static double ShareOf(TokenCost token)
    {
        double share = 0;
        for (int r = 0; r < token.Readings.Count; r++) share = Math.Max(share, NameTables.ShareOfPeople(token.Readings[r]));
        foreach (ushort set in NameTables.GivenNameSets(token.Token))
            foreach (string form in NameTables.NamesOfSet(set).AsSpan()) share = Math.Max(share, NameTables.ShareOfPeople(form));
        return share;
    }

    /// <summary>Without the record itself, which is one of those counted.</summary>
    private static double ShareOf(float nats, float logPopulation) =>
        Math.Min(1, Math.Max(Math.Exp(logPopulation - nats) - 1, PeopleMin) / Math.Exp(logPopulation));
}
