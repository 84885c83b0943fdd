using System.Diagnostics.CodeAnalysis;

namespace Amana.Vocabulary;

/// <summary>The code of a bureau or body: two to six capital letters, such as <c>UTO</c>.</summary>
public sealed record BureauCode : IParsable<BureauCode>
{
    private BureauCode(string value) => Value = value;

    public string Value { get; }

    public static BureauCode Of(string value) =>
        TryParse(value, null, out var code) ? code : throw new ArgumentException($"'{value}' is no bureau code.", nameof(value));

    public static BureauCode Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var code) ? code : throw new FormatException($"'{s}' is no bureau code.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out BureauCode result)
    {
        bool valid = s is { Length: >= 2 and <= 6 } && s.All(char.IsAsciiLetterUpper);
        result = valid ? new BureauCode(s!) : null;
        return valid;
    }

    public override string ToString() => Value;
}
