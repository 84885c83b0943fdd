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

/// <summary>What evidence says of an agreement.</summary>
public static class NumberAgreements
{
    extension(NumberAgreement agreement)
    {
        /// <summary>The stable code that evidence carries, such as <c>id-number.same</c>.</summary>
        public string Code => agreement switch
        {
            NumberAgreement.Same => "id-number.same",
            NumberAgreement.SameButLookalikes => "id-number.same-but-lookalikes",
            NumberAgreement.SameButCheckDigit => "id-number.same-but-check-digit",
            NumberAgreement.OneOff => "id-number.one-off",
            NumberAgreement.Differs => "id-number.differs",
            _ => throw new ArgumentOutOfRangeException(nameof(agreement)),
        };
    }
}

/// <summary>The number of a passport, identity card or register, without spaces, dashes and fillers, in capitals.</summary>
public sealed record DocumentNumber : IParsable<DocumentNumber>
{
    public const int LettersMax = 40;
    /// <summary>Shorter numbers are shared by too many documents to say anything.</summary>
    private const int TellingMin = 4;
    /// <summary>Digits of a ship's number; source: IMO resolution A.1117(30).</summary>
    private const int ShipDigits = 7;
    private const string ShipLetters = "IMO";

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
        number = refusal is null ? new DocumentNumber(WithoutShipLetters(new string([.. kept]))) : null!;
        return refusal is null;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out DocumentNumber result) =>
        TryRead(s, out result, out _);

    public static DocumentNumber Parse(string s, IFormatProvider? provider) =>
        TryRead(s, out var number, out _) ? number : throw new FormatException($"'{s}' is no document number.");

    /// <summary>The number of a ship is given with and without its letters.</summary>
    private static string WithoutShipLetters(string value) =>
        value.Length == ShipLetters.Length + ShipDigits && value.StartsWith(ShipLetters, StringComparison.Ordinal) && !value.AsSpan(ShipLetters.Length).ContainsAnyExceptInRange('0', '9')
            ? value[ShipLetters.Length..] : value;

    /// <summary>Whether it is long enough to prove anything: four characters.</summary>
    public bool IsTelling => Value.Length >= TellingMin;

    /// <summary>Whether the last character is the check digit of those before it: so it is by chance in one number of ten.</summary>
    public bool EndsInCheckDigit => Value.Length > TellingMin && CheckDigit.Of(Value.AsSpan(0, Value.Length - 1)) == Value[^1];

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
