using Amana.Vocabulary;

namespace Amana.Server.BlindQuestions.Asked;

/// <summary>Whether and how often another bureau may ask us. Without such a row it may not.</summary>
internal sealed class BlindTerms
{
    public const int PerDayMost = 10_000;

    public required BureauCode Bureau { get; init; }
    public int PerDay { get; private set; }
    public string Reason { get; private set; } = "";
    public DateTimeOffset SetAt { get; private set; }
    /// <summary>The day, UTC, that <see cref="CountedToday"/> is of.</summary>
    public DateOnly Day { get; private set; }
    public int CountedToday { get; private set; }

    public void Set(int perDay, string reason, DateTimeOffset now) => (PerDay, Reason, SetAt) = (perDay, reason, now);

    public int AskedOn(DateOnly day) => Day == day ? CountedToday : 0;

    /// <returns>Whether there was one left.</returns>
    public bool Take(DateOnly today)
    {
        if (Day != today) (Day, CountedToday) = (today, 0);
        if (CountedToday >= PerDay) return false;
        CountedToday++;
        return true;
    }
}

/// <summary>A list of this server that blind questions are about.</summary>
internal sealed class OpenForBlind
{
    public required string List { get; init; }
    public required DateTimeOffset Since { get; init; }
}
