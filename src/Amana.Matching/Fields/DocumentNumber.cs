using System.Diagnostics.CodeAnalysis;

namespace Amana.Matching.Fields;

/// <summary>How two document numbers agree.</summary>
public enum NumberAgreement : byte
{
    Same,
    /// <summary>The same once letters and digits that look alike are taken as one: O and 0, I and 1, B and 8, S and 5, Z and 2.</summary>
    SameButLookalikes,
    /// <summary>One side has a trailing check digit of ICAO 9303 that the other lacks.</summary>
    SameButCheckDigit,
    /// <summary>One letter or digit is wrong, missing, or two neighbours are swapped.</summary>
    OneOff,
    Differs,
}

/// <summary>The number of a passport, identity card or register, without spaces, dashes and fillers, in capitals.</summary>
public sealed record DocumentNumber : IParsable<DocumentNumber>
{
    public const int LettersMax = 40;
    private DocumentNumber(string value) => Value = value;

    public string Value { get; }

    /// <summary>The number with lookalikes taken as one: equal for numbers that differ only in them.</summary>
    public string Confusable => string.Create(Value.Length, Value, static (span, value) =>
    {
        for (int i = 0; i < span.Length; i++) span[i] = Lookalike(value[i]);
    });

    public static bool TryRead(string? text, out DocumentNumber number, out FieldRefusal? refusal)
    {
        var kept = new List<char>();
        foreach (char c in text ?? "")
        {
            int digit = System.Globalization.CharUnicodeInfo.GetDecimalDigitValue(c);
            if (digit >= 0) kept.Add((char)('0' + digit));
            else if (char.IsLetter(c)) kept.Add(char.ToUpperInvariant(c));
            if (kept.Count > LettersMax) break;
        }
        refusal = kept.Count == 0 ? FieldRefusals.NumberEmpty : kept.Count > LettersMax ? FieldRefusals.NumberTooLong : null;
        number = refusal is null ? new DocumentNumber(new string([.. kept])) : null!;
        return refusal is null;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out DocumentNumber result) =>
        TryRead(s, out result, out _);

    public static DocumentNumber Parse(string s, IFormatProvider? provider) =>
        TryRead(s, out var number, out _) ? number : throw new FormatException($"'{s}' is no document number.");

    /// <summary>Symmetric.</summary>
    public NumberAgreement Compare(DocumentNumber other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Value == other.Value) return NumberAgreement.Same;
        if (Confusable == other.Confusable) return NumberAgreement.SameButLookalikes;
        if (HasCheckDigitOf(Value, other.Value) || HasCheckDigitOf(other.Value, Value)) return NumberAgreement.SameButCheckDigit;
        return Math.Min(Value.Length, other.Value.Length) >= 5 && IsOneOff(Value, other.Value) ? NumberAgreement.OneOff : NumberAgreement.Differs;
    }

    public override string ToString() => Value;

    private static bool HasCheckDigitOf(string longer, string shorter) => longer.Length == shorter.Length + 1
        && longer.StartsWith(shorter, StringComparison.Ordinal) && CheckDigit.Of(shorter) == longer[^1];

    private static bool IsOneOff(string a, string b)
    {
        if (a.Length > b.Length) (a, b) = (b, a);
        int i = 0;
        while (i < a.Length && a[i] == b[i]) i++;
        if (b.Length == a.Length + 1) return a.AsSpan(i).SequenceEqual(b.AsSpan(i + 1));
        if (a.Length != b.Length) return false;
        if (a.AsSpan(i + 1).SequenceEqual(b.AsSpan(i + 1))) return true;
        return i + 1 < a.Length && a[i] == b[i + 1] && a[i + 1] == b[i] && a.AsSpan(i + 2).SequenceEqual(b.AsSpan(i + 2));
    }

    private static char Lookalike(char c) => c switch { 'O' or 'Q' => '0', 'I' or 'L' => '1', 'B' => '8', 'S' => '5', 'Z' => '2', 'G' => '6', _ => c };
}

/// <summary>The check digit of machine-readable documents: weights 7, 3, 1; A is 10 to Z is 35; &lt; is 0.</summary>
/// <remarks>Source: ICAO Doc 9303 part 3, section 4.9.</remarks>
public static class CheckDigit
{
    private static ReadOnlySpan<byte> Weights => [7, 3, 1];

    /// <returns>The digit, or null when a character is none of A to Z, 0 to 9, &lt;.</returns>
    public static char? Of(ReadOnlySpan<char> characters)
    {
        int sum = 0;
        for (int i = 0; i < characters.Length; i++)
        {
            int value = characters[i] switch { >= '0' and <= '9' => characters[i] - '0', >= 'A' and <= 'Z' => characters[i] - 'A' + 10, '<' => 0, _ => -1 };
            if (value < 0) return null;
            sum += value * Weights[i % 3];
        }
        return (char)('0' + (sum % 10));
    }
}
