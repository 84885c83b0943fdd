using System.Runtime.InteropServices;

namespace Amana.Matching.Fields;

/// <summary>What of a machine-readable zone has a check digit of its own.</summary>
public enum ZonePart { Number, BirthDate, ExpiryDate, OptionalData, Whole }

/// <summary>One check digit of a machine-readable zone.</summary>
/// <param name="Digit">As it stands there.</param>
/// <param name="Expected">As the characters before it ask for.</param>
public sealed record ZoneCheck(ZonePart Part, char Digit, char Expected)
{
    public bool Agrees => Digit == Expected;
}

/// <summary>What the machine-readable zone of a travel document says.</summary>
/// <remarks>Formats TD1 (three lines of 30), TD2 (two of 36) and TD3 (two of 44). Source: ICAO Doc 9303 parts 4, 5 and 6.</remarks>
public sealed record MachineReadableZone
{
    /// <summary>One or two letters, such as P or ID.</summary>
    public required string DocumentCode { get; init; }
    /// <summary>As written, such as UTO or D.</summary>
    public required string IssuingState { get; init; }
    public required string FamilyName { get; init; }
    public required string GivenNames { get; init; }
    public required string Number { get; init; }
    public required string Nationality { get; init; }
    /// <summary>Null when the zone has no date or one that cannot be; parts may be missing.</summary>
    public PartialDate? BirthDate { get; init; }
    public PartialDate? ExpiryDate { get; init; }
    public Sex Sex { get; init; }
    public required string OptionalData { get; init; }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Layout(int Lines, int Width, Range Names, int NamesLine, int DataLine, int Number, int Nationality, int Birth, int Sex, int Expiry);

    private static readonly Layout Td3 = new(2, 44, 5..44, 0, 1, 0, 10, 13, 20, 21);
    private static readonly Layout Td2 = new(2, 36, 5..36, 0, 1, 0, 10, 13, 20, 21);
    private static readonly Layout Td1 = new(3, 30, 0..30, 2, 1, 5, 15, 0, 7, 8);

    /// <summary>Reads the lines, one to a line of <paramref name="text"/>; spaces inside a line are passed over.</summary>
    /// <param name="text">The lines as read from the document.</param>
    /// <param name="year">The year of reading, which decides the century of two-digit years.</param>
    /// <param name="zone">What was read; null when refused.</param>
    /// <param name="refusal">Not a zone, or a check digit that does not agree; null when read.</param>
    public static bool TryRead(string? text, int year, out MachineReadableZone zone, out FieldRefusal? refusal)
    {
        zone = null!;
        var layout = Lay(text, out string[] lines);
        refusal = layout.Lines == 0 ? FieldRefusals.ZoneNotRead : ChecksOf(lines, layout).Exists(c => !c.Agrees) ? FieldRefusals.ZoneCheckDigit : null;
        if (refusal is null) zone = Take(lines, layout, year);
        return refusal is null;
    }

    /// <summary>The check digits of the zone one by one, so that it can be seen where a character was read wrongly.</summary>
    /// <returns>In the order of the lines; empty when the text is no zone.</returns>
    public static IReadOnlyList<ZoneCheck> ChecksOf(string? text) => Lay(text, out string[] lines) is { Lines: > 0 } layout ? ChecksOf(lines, layout) : [];

    private static Layout Lay(string? text, out string[] lines)
    {
        lines = [.. (text ?? "").Split('\n').Select(l => l.Replace(" ", "", StringComparison.Ordinal).Trim('\r', '\t').ToUpperInvariant()).Where(l => l.Length > 0)];
        var layout = lines switch { [{ Length: 44 }, { Length: 44 }] => Td3, [{ Length: 36 }, { Length: 36 }] => Td2, [{ Length: 30 }, { Length: 30 }, { Length: 30 }] => Td1, _ => default };
        return lines.Any(l => CheckDigit.Of(l) is null) ? default : layout;
    }

    private static List<ZoneCheck> ChecksOf(string[] lines, Layout at)
    {
        string data = lines[at.DataLine];
        bool card = at.Lines == 3;
        string numberLine = card ? lines[0] : data;
        // A number of more than nine characters has its check digit at its end, in the optional data.
        var number = numberLine[at.Number + 9] == '<' && LongNumber(lines, at) is not null ? new ZoneCheck(ZonePart.Number, '<', '<') : Check(ZonePart.Number, numberLine.Substring(at.Number, 9), numberLine[at.Number + 9]);
        List<ZoneCheck> checks = [number, Check(ZonePart.BirthDate, data.Substring(at.Birth, 6), data[at.Birth + 6]), Check(ZonePart.ExpiryDate, data.Substring(at.Expiry, 6), data[at.Expiry + 6])];
        if (card) checks.Add(Check(ZonePart.Whole, lines[0][5..30] + data[0..7] + data[8..15] + data[18..29], data[29]));
        else if (at.Width == 36) checks.Add(Check(ZonePart.Whole, data[0..10] + data[13..20] + data[21..35], data[35]));
        else
        {
            bool none = data[28..42].All(c => c == '<') && data[42] == '<';
            checks.Add(none ? new ZoneCheck(ZonePart.OptionalData, '<', '<') : Check(ZonePart.OptionalData, data[28..42], data[42]));
            checks.Add(Check(ZonePart.Whole, data[0..10] + data[13..20] + data[21..43], data[43]));
        }

        return checks;
    }

    private static ZoneCheck Check(ZonePart part, string characters, char digit) => new(part, digit, CheckDigit.Of(characters) ?? '?');

    private static bool Agrees(ReadOnlySpan<char> characters, char digit) => CheckDigit.Of(characters) == digit;

    /// <summary>A number of more than nine characters goes on in the optional data, its check digit last.</summary>
    private static string? LongNumber(string[] lines, Layout at)
    {
        string rest = at.Lines == 3 ? lines[0][15..30] : at.Width == 36 ? lines[1][28..35] : "";
        int end = rest.IndexOf('<', StringComparison.Ordinal);
        if (end >= 0) rest = rest[..end];
        if (rest.Length < 2) return null;
        string number = (at.Lines == 3 ? lines[0].Substring(at.Number, 9) : lines[1].Substring(at.Number, 9)) + rest[..^1];
        return Agrees(number, rest[^1]) ? number : null;
    }

    private static MachineReadableZone Take(string[] lines, Layout at, int year)
    {
        string data = lines[at.DataLine];
        string numberLine = at.Lines == 3 ? lines[0] : data;
        string[] names = lines[at.NamesLine][at.Names].Split("<<", 2);
        bool isLong = numberLine[at.Number + 9] == '<' && LongNumber(lines, at) is not null;
        return new MachineReadableZone
        {
            DocumentCode = Plain(lines[0][..2]), IssuingState = Plain(lines[0].Substring(2, 3)),
            FamilyName = Plain(names[0]), GivenNames = names.Length > 1 ? Plain(names[1]) : "",
            Number = Plain(isLong ? LongNumber(lines, at)! : numberLine.Substring(at.Number, 9)),
            Nationality = Plain(data.Substring(at.Nationality, 3)),
            BirthDate = Date(data.Substring(at.Birth, 6), year, isBirth: true), ExpiryDate = Date(data.Substring(at.Expiry, 6), year, isBirth: false),
            Sex = data[at.Sex] switch { 'F' => Sex.Female, 'M' => Sex.Male, 'X' => Sex.Other, _ => Sex.Unknown },
            OptionalData = Plain(at.Lines == 3 ? lines[0][15..30] + lines[1][18..29] : at.Width == 36 ? data[28..35] : data[28..42]),
        };
    }

    private static string Plain(string field) => string.Join(' ', field.Split('<', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Unknown parts are written as fillers. A birth date is never in the future, an expiry date within fifty years.</summary>
    private static PartialDate? Date(string text, int year, bool isBirth)
    {
        if (!int.TryParse(text.AsSpan(0, 2), out int yy)) return null;
        int month = int.TryParse(text.AsSpan(2, 2), out int mm) ? mm : 0, day = month > 0 && int.TryParse(text.AsSpan(4, 2), out int dd) ? dd : 0;
        int whole = (year / 100 * 100) + yy;
        if (isBirth && whole > year) whole -= 100;
        if (!isBirth && whole > year + 50) whole -= 100;
        return PartialDate.Check(whole, month, day) is null ? PartialDate.Of(whole, month, day) : null;
    }
}
