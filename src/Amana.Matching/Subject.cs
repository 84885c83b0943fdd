namespace Amana.Matching;

/// <summary>One person, organisation, vessel or aircraft of a list, as the index reads it.</summary>
public sealed record Subject
{
    /// <summary>Exactly the record's own id; answers carry it back unchanged.</summary>
    public required string Id { get; init; }
    public SubjectKind Kind { get; init; } = SubjectKind.Any;
    /// <summary>At least one name. The first is the caption.</summary>
    public required IReadOnlyList<SubjectName> Names { get; init; }
    public IReadOnlyList<PartialDate> BirthDates { get; init; } = [];
    /// <summary>ISO 3166-1 alpha-2, lower case.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];
    public Sex Sex { get; init; }
    /// <summary>Numbers of passports, identity cards, registers, hulls and tails, as written.</summary>
    public IReadOnlyList<string> IdNumbers { get; init; } = [];
}

/// <param name="Text">The name as the list writes it, in any script.</param>
/// <param name="Kind">What the list says of it; a weak alias counts for less.</param>
public readonly record struct SubjectName(string Text, NameKind Kind = NameKind.Primary);

public enum NameKind : byte { Primary, Alias, Weak }

/// <summary>What is compared with what: a person is never an answer to a question about a vessel.</summary>
public enum SubjectKind : byte { Any, Person, Organization, Vessel, Aircraft }

public enum Sex : byte { Unknown, Female, Male, Other }
