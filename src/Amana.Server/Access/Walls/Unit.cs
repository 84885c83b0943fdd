namespace Amana.Server.Access.Walls;

/// <summary>A part of the bureau, such as "Financial crime". Units are flat: none stands in another.</summary>
internal sealed class Unit
{
    public const int CodeCharsMax = 12, NameCharsMax = 80;

    /// <summary>Two to twelve small letters, digits and hyphens: <c>financial</c>. Never changed.</summary>
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>As a wall names it among those it admits.</summary>
    public string AsKey => KeyOf(Code);

    public const string KeyPrefix = "unit:";

    public static string KeyOf(string code) => KeyPrefix + code;

    public static bool IsCode(string? text) =>
        text is { Length: >= 2 and <= CodeCharsMax } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-') && char.IsAsciiLetterLower(text[0]);
}

/// <summary>The one unit that a person is in.</summary>
internal sealed class UnitMember
{
    public required Guid PersonId { get; init; }
    public required string Unit { get; set; }
}
