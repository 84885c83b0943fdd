using System.Collections.Immutable;
using Amana.Vocabulary;

namespace Amana.Exchange.Handling;

/// <summary>For which bureaus an item is: all but some, or some only. In one form each: whom <c>only</c> does not name it need not except.</summary>
public sealed class Audience : IEquatable<Audience>
{
    private static readonly Comparer<BureauCode> ByCode = Comparer<BureauCode>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value));
    private static readonly ImmutableSortedSet<BureauCode> Nobody = ImmutableSortedSet.Create<BureauCode>(ByCode);

    private readonly bool _isOnly;
    private readonly ImmutableSortedSet<BureauCode> _named;

    private Audience(bool isOnly, ImmutableSortedSet<BureauCode> named) => (_isOnly, _named) = (isOnly, named);

    public static Audience Everybody { get; } = new(isOnly: false, Nobody);

    /// <summary>Null: for all but <see cref="Except"/>. Empty: for nobody but the originator.</summary>
    public IReadOnlyCollection<BureauCode>? Only => _isOnly ? _named : null;

    public IReadOnlyCollection<BureauCode> Except => _isOnly ? Nobody : _named;

    /// <param name="only">Null: all.</param>
    public static Audience Of(IEnumerable<BureauCode>? only, IEnumerable<BureauCode> except)
    {
        var kept = SetOf(except);
        return only is null ? new(isOnly: false, kept) : new(isOnly: true, SetOf(only).Except(kept));
    }

    public bool Has(BureauCode bureau) => _named.Contains(bureau) == _isOnly;

    /// <summary>Those that are in both.</summary>
    public Audience JoinedWith(Audience other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (_isOnly, other._isOnly) switch
        {
            (false, false) => new(isOnly: false, _named.Union(other._named)),
            (true, true) => new(isOnly: true, _named.Intersect(other._named)),
            (true, false) => new(isOnly: true, _named.Except(other._named)),
            (false, true) => new(isOnly: true, other._named.Except(_named)),
        };
    }

    public bool Equals(Audience? other) => other is not null && _isOnly == other._isOnly && _named.SetEquals(other._named);

    public override bool Equals(object? obj) => Equals(obj as Audience);

    public override int GetHashCode() => _named.Aggregate(_isOnly ? 1 : 0, HashCode.Combine);

    internal static ImmutableSortedSet<BureauCode> SetOf(IEnumerable<BureauCode> bureaus) => ImmutableSortedSet.CreateRange(ByCode, bureaus);
}
