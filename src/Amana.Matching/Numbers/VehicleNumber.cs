namespace Amana.Matching.Numbers;

/// <summary>What the number of a vehicle's chassis shows of itself.</summary>
/// <remarks>Source: ISO 3779 (17 characters, never I, O or Q); the check digit, place 9, is required in North America and China alone: 49 CFR 565.15.</remarks>
public static class VehicleNumber
{
    public const int Characters = 17;
    private const int CheckPlace = 8;

    private static ReadOnlySpan<byte> Weights => [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

    /// <summary>Whether the check digit agrees; null when the number is none of 17 letters and digits.</summary>
    public static bool? ChecksOut(ReadOnlySpan<char> number)
    {
        if (number.Length != Characters) return null;
        int sum = 0;
        for (int i = 0; i < number.Length; i++)
        {
            int value = ValueOf(number[i]);
            if (value < 0) return null;
            sum += value * Weights[i];
        }
        int digit = sum % 11;
        return number[CheckPlace] == (digit == 10 ? 'X' : (char)('0' + digit));
    }

    /// <summary>The first place, from 1, with a letter that such numbers never have; 0 when there is none.</summary>
    public static int PlaceOfForbidden(ReadOnlySpan<char> number) => number.IndexOfAny('I', 'O', 'Q') + 1;

    private static int ValueOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'H' => c - 'A' + 1,
        >= 'J' and <= 'N' => c - 'J' + 1,
        'P' => 7,
        'R' => 9,
        >= 'S' and <= 'Z' => c - 'S' + 2,
        _ => -1,
    };
}

/// <summary>The number of a ship: seven digits, the last one a check digit. Source: IMO resolution A.1117(30).</summary>
public static class ShipNumber
{
    private const int Digits = 7;

    /// <summary>Whether the check digit agrees; null when it is none of seven digits.</summary>
    public static bool? ChecksOut(ReadOnlySpan<char> number)
    {
        if (number.Length != Digits || number.ContainsAnyExceptInRange('0', '9')) return null;
        int sum = 0;
        for (int i = 0; i < Digits - 1; i++) sum += (number[i] - '0') * (Digits - i);
        return sum % 10 == number[^1] - '0';
    }
}
