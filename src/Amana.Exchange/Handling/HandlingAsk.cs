using Amana.Vocabulary;

namespace Amana.Exchange.Handling;

/// <summary>What somebody wants to do with an item of another bureau.</summary>
public enum HandlingAct
{
    Read,
    /// <summary>Give it to bureaus that do not have it.</summary>
    Forward,
    /// <summary>Answer with its words in the answer.</summary>
    Reply,
    /// <summary>As a file.</summary>
    Export,
    Print,
    /// <summary>Show it among what was found.</summary>
    Search,
    /// <summary>Draw lines from it.</summary>
    Graph,
    /// <summary>Count it.</summary>
    Statistics,
}

/// <summary>An act on an item, as it is put to the rules.</summary>
public sealed record HandlingAsk
{
    public required HandlingAct Act { get; init; }
    /// <summary>Whose hand it is.</summary>
    public required BureauCode By { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Who gets it by that; empty: it stays in the house.</summary>
    public IReadOnlyCollection<BureauCode> To { get; init; } = [];
    /// <summary>Who has it already: giving it back to them passes nothing on.</summary>
    public IReadOnlyCollection<BureauCode> Holders { get; init; } = [];
    /// <summary>For judicial proceedings.</summary>
    public bool ForCourt { get; init; }
    /// <summary>The conditions that the person has read and says are met.</summary>
    public IReadOnlyCollection<string> Confirmed { get; init; } = [];
    /// <summary>What the originators have allowed about this item.</summary>
    public IReadOnlyCollection<Release> Releases { get; init; } = [];
}

/// <summary>What the rules say. Whoever shows it says all grounds at once.</summary>
public sealed record HandlingAnswer(IReadOnlyList<HandlingGround> Grounds)
{
    public static readonly HandlingAnswer Yes = new([]);

    public bool Allowed => Grounds.Count == 0;

    /// <summary>Whether the originator could allow it: nobody releases what is over, or what the own bureau may not know of.</summary>
    public bool CanBeAsked => !Allowed && Grounds.All(g => g.Word is not (HandlingRules.Expired or HandlingRules.NotForUs));
}

/// <summary>One reason why not.</summary>
/// <param name="Word">One of <see cref="HandlingRules"/> or a handling code.</param>
/// <param name="Reason">For people, in English; pages translate the word.</param>
/// <param name="Condition">Of H3: the originator's words.</param>
public sealed record HandlingGround(string Word, string Reason, string? Condition = null);
