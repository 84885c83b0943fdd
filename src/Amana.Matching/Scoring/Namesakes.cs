using Amana.Matching.Asking;

namespace Amana.Matching.Scoring;

/// <summary>How many people bear a name that agrees with the question as far as a record's does.</summary>
/// <remarks>Each rung says how many people bear a token as near as its own: those of the lists asked, and those beyond them
/// (<see cref="Rarity"/>). The rarest rung counts in full; of the people it leaves, each further one is borne by
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
    public static double? InMillion(ReadOnlySpan<Rung> rungs, float logPopulation)
    {
        double rarest = 1, further = 1;
        bool any = false;
        foreach (ref readonly var rung in rungs)
        {
            if (rung.Own < NameLadder.LightBelow) continue;
            double share = ShareOf(rung.Evidence / rung.Own, logPopulation);
            any = true;
            further *= Math.Min(1, Together * Math.Max(share, rarest));
            rarest = Math.Min(share, rarest);
        }
        return any ? rarest * further * Million : null;
    }

    /// <summary>Without the record itself, which is one of those counted.</summary>
    private static double ShareOf(float nats, float logPopulation) =>
        Math.Min(1, Math.Max(Math.Exp(logPopulation - nats) - 1, PeopleMin) / Math.Exp(logPopulation));
}
