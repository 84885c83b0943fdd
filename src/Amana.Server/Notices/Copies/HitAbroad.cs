using Amana.Server.Foundation;
using Amana.Server.Screening;
using Amana.Vocabulary;

namespace Amana.Server.Notices;

/// <summary>That we told the owner of a notice of a hit of ours on it, and what we last said it came to.</summary>
internal sealed class ToldHit
{
    public required Id<Notice> Notice { get; init; }
    /// <summary>Reference of the hit: <c>HIT-26-00012</c>.</summary>
    public required string Hit { get; init; }
    /// <summary>How often it was told of it.</summary>
    public int Number { get; private set; }
    /// <summary>Null: the decision was taken back.</summary>
    public Verdict? Verdict { get; private set; }
    public Guid Letter { get; private set; }
    public DateTimeOffset At { get; private set; }

    public void Told(Guid letter, Verdict? verdict, DateTimeOffset at) => (Number, Letter, Verdict, At) = (Number + 1, letter, verdict, at);
}

/// <summary>A hit of another bureau on a notice of ours, as it told us: where and when, and what it came to. Not who asked, and not what.</summary>
internal sealed class HitAbroad
{
    public required Id<Notice> Notice { get; init; }
    public required BureauCode Bureau { get; init; }
    /// <summary>Of that bureau: <c>HIT-26-00012</c>.</summary>
    public required string Hit { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
    public int Number { get; private set; }
    public Verdict? Verdict { get; private set; }
    public DateTimeOffset ToldAt { get; private set; }
    /// <summary>When somebody here opened the notice after it was last told.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>A later word; an earlier one that came late changes nothing.</summary>
    public void Hear(int number, Verdict? verdict, DateTimeOffset at)
    {
        if (number > Number) (Number, Verdict, ToldAt, SeenAt) = (number, verdict, at, null);
    }
}
