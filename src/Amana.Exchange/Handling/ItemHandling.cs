using System.Collections.Immutable;
using Amana.Vocabulary;

namespace Amana.Exchange.Handling;

/// <summary>What the originators of an item ask of everybody who holds it. Of several items that become one, the strictest holds: least upper
/// bound in each part, so that nothing is lost by mixing.</summary>
public sealed class ItemHandling : IEquatable<ItemHandling>
{
    public const int ConditionsMost = 40, ConditionCharsMost = 500, BureausMost = 250;

    private ItemHandling(HandlingCodes codes, ImmutableSortedSet<string> conditions, ImmutableSortedSet<BureauCode> originators) =>
        (Codes, ConditionSet, OriginatorSet) = (codes, conditions, originators);

    private ImmutableSortedSet<string> ConditionSet { get; }

    private ImmutableSortedSet<BureauCode> OriginatorSet { get; }

    public HandlingCodes Codes { get; }

    /// <summary>H3: what each holder is asked, in the originator's words.</summary>
    public IReadOnlyCollection<string> Conditions => ConditionSet;

    /// <summary>Whose item it is, and who may release it. More than one where it was made from items of several: then each must.</summary>
    public IReadOnlyCollection<BureauCode> Originators => OriginatorSet;

    public SourceGrade Source { get; private init; } = SourceGrade.X;

    public InformationGrade Information { get; private init; } = InformationGrade.Uncorroborated;

    public ConfidentialityLevel Level { get; private init; }

    public Audience Audience { get; private init; } = Audience.Everybody;

    /// <summary>From then on nobody uses it; null: without an end of its own.</summary>
    public DateTimeOffset? Until { get; private init; }

    /// <summary>For people: <c>B2</c>.</summary>
    public string Grade => $"{Source}{(int)Information}";

    /// <param name="conditions">Trimmed; empty ones are none. That there are some is H3.</param>
    /// <exception cref="ArgumentException">No originator, too many conditions, or one too long.</exception>
    public static ItemHandling Of(BureauCode originator, HandlingCodes codes, IEnumerable<string> conditions, SourceGrade source, InformationGrade information,
        ConfidentialityLevel level = ConfidentialityLevel.Official, Audience? audience = null, DateTimeOffset? until = null) =>
        Of([originator], codes, conditions, source, information, level, audience, until)
            ?? throw new ArgumentException("There are too many conditions, one is too long, or H3 has none.", nameof(conditions));

    /// <returns>Null when it cannot be.</returns>
    public static ItemHandling? Of(IReadOnlyCollection<BureauCode> originators, HandlingCodes codes, IEnumerable<string> conditions, SourceGrade source, InformationGrade information,
        ConfidentialityLevel level, Audience? audience, DateTimeOffset? until)
    {
        ArgumentNullException.ThrowIfNull(originators);
        var texts = ImmutableSortedSet.CreateRange(StringComparer.Ordinal, conditions.Select(c => c.Trim()).Where(c => c.Length > 0));
        if (!texts.IsEmpty) codes |= HandlingCodes.Conditions;
        if (codes.HasFlag(HandlingCodes.Conditions) == texts.IsEmpty || texts.Count > ConditionsMost || texts.Any(t => t.Length > ConditionCharsMost)) return null;
        if (originators.Count is 0 or > BureausMost || !Enum.IsDefined(source) || !Enum.IsDefined(information) || !Enum.IsDefined(level)) return null;
        if ((codes & ~(HandlingCodes.NotInCourt | HandlingCodes.NotPassedOn | HandlingCodes.Conditions)) is not HandlingCodes.None) return null;
        return new(codes, texts, Audience.SetOf(originators)) { Source = source, Information = information, Level = level, Audience = audience ?? Audience.Everybody, Until = WholeSeconds(until) };
    }

    /// <summary>Of an item that both went into.</summary>
    public ItemHandling JoinedWith(ItemHandling other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Codes | other.Codes, ConditionSet.Union(other.ConditionSet), OriginatorSet.Union(other.OriginatorSet))
        {
            Source = Source > other.Source ? Source : other.Source,
            Information = Information > other.Information ? Information : other.Information,
            Level = Level > other.Level ? Level : other.Level,
            Audience = Audience.JoinedWith(other.Audience),
            Until = Earlier(Until, other.Until),
        };
    }

    /// <summary>Whether what was asked of <paramref name="other"/>'s holders is asked here too. The grades are of the words, not of their use, and
    /// stand outside: an own sentence may be surer than the one it answers.</summary>
    public bool IsNoLooserThan(ItemHandling other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var both = JoinedWith(other);
        return both.Codes == Codes && both.ConditionSet.SetEquals(ConditionSet) && both.Level == Level && both.Audience.Equals(Audience) && both.Until == Until;
    }

    /// <summary>Own words under all that is asked of what they quote: no looser, and with the own grades.</summary>
    public ItemHandling Tightened(IEnumerable<ItemHandling> quoted)
    {
        var all = quoted.Aggregate(this, (a, b) => a.JoinedWith(b));
        return new(all.Codes, all.ConditionSet, OriginatorSet) { Source = Source, Information = Information, Level = all.Level, Audience = all.Audience, Until = all.Until };
    }

    /// <summary>As it is given on under a release: these may have it too, and all else holds for them.</summary>
    public ItemHandling ReleasedTo(IReadOnlyCollection<BureauCode> recipients) => For(Audience.Of(Audience.Only?.Concat(recipients), Audience.Except.Where(e => !recipients.Contains(e))));

    /// <summary>The same for others.</summary>
    internal ItemHandling For(Audience audience) => new(Codes, ConditionSet, OriginatorSet) { Source = Source, Information = Information, Level = Level, Until = Until, Audience = audience };

    public bool Equals(ItemHandling? other) => other is not null && Codes == other.Codes && ConditionSet.SetEquals(other.ConditionSet) && OriginatorSet.SetEquals(other.OriginatorSet)
        && Source == other.Source && Information == other.Information && Level == other.Level && Audience.Equals(other.Audience) && Until == other.Until;

    public override bool Equals(object? obj) => Equals(obj as ItemHandling);

    public override int GetHashCode() => HashCode.Combine(Codes, ConditionSet.Count, OriginatorSet.Count, Source, Information, Level, Audience, Until);

    // As it travels: never later than it was said.
    private static DateTimeOffset? WholeSeconds(DateTimeOffset? at) => at is { } known ? DateTimeOffset.FromUnixTimeSeconds(known.ToUnixTimeSeconds()) : null;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
