using Amana.Server.Foundation;
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
    /// <summary>Whether it may ask about the numbers of lost and stolen documents too.</summary>
    public bool Documents { get; private set; }
    /// <summary>When compliance closed it because of what it asked; null while it may ask. It may again when the terms are set anew.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }
    /// <summary>The day, UTC, that <see cref="CountedToday"/> is of.</summary>
    public DateOnly Day { get; private set; }
    public int CountedToday { get; private set; }

    public void Set(int perDay, bool documents, string reason, DateTimeOffset now) => (PerDay, Documents, Reason, SetAt, ClosedAt) = (perDay, documents, reason, now, null);

    public void Close(string reason, DateTimeOffset now) => (Reason, ClosedAt) = (reason, now);

    /// <summary>Why it gets no answer; null when it does.</summary>
    public Refusal? Shut => ClosedAt is not null ? BlindRefusals.Closed : PerDay == 0 ? BlindRefusals.NotAllowed : null;

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
