using Amana.Server.Foundation;

namespace Amana.Server.Access.Walls;

/// <summary>That one record is for some only: need to know. Who is outside gets no part of it.</summary>
internal sealed class Wall
{
    public const int AdmitsMost = 50;

    /// <summary>The record's reference, such as <c>HIT-26-08812</c>.</summary>
    public required string Record { get; init; }
    /// <summary>Who put it up, as in the journal; whom others ask when there is no unit.</summary>
    public required string Owner { get; init; }
    /// <summary>Code of the unit that others ask; null: the owner.</summary>
    public required string? OwnerUnit { get; init; }
    /// <summary>Others do not learn that the record exists. Otherwise they learn whom to ask.</summary>
    public required bool Concealed { get; set; }
    public required DateTimeOffset SetAt { get; set; }
    /// <summary>Raised by each change; two at once cannot both write.</summary>
    public long Version { get; private set; } = 1;
    public List<WallAdmit> Admits { get; } = [];

    /// <summary>Makes these the units and people inside.</summary>
    /// <returns>Null when done, otherwise why not; the wall is then unchanged.</returns>
    public Refusal? Admit(IReadOnlyCollection<string> keys, IReadOnlyCollection<string> ownKeys)
    {
        if (keys.Count is 0 or > AdmitsMost) return AccessRefusals.WallAdmits;
        if (!keys.Any(ownKeys.Contains)) return AccessRefusals.WallWithoutOneself;
        Admits.RemoveAll(a => !keys.Contains(a.Who));
        Admits.AddRange(keys.Distinct().Where(k => Admits.TrueForAll(a => a.Who != k)).ToList().ConvertAll(k => new WallAdmit { Record = Record, Who = k }));
        Version++;
        return null;
    }
}

/// <summary>A unit or a person inside of a wall.</summary>
internal sealed class WallAdmit
{
    public required string Record { get; init; }
    /// <summary><c>unit:CODE</c> or <c>person:KEY</c>.</summary>
    public required string Who { get; init; }
}
