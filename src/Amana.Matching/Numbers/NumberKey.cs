using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Amana.Matching.Index;

namespace Amana.Matching.Numbers;

/// <summary>Under what a number is kept and looked for: its characters with those that look alike taken as one, and what it is a number of.</summary>
/// <remarks>The hash is a sum over the places, so that a number with one character changed, left out, put in or swapped costs one addition.
/// Part of the index file's meaning.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NumberKey(ulong Hash, byte Tag)
{
    /// <summary>Longer numbers are cut. Characters.</summary>
    public const int CharsMax = 40;

    /// <param name="group">Numbers of different groups never meet: 0 to 255.</param>
    /// <param name="number">As <see cref="Fields.DocumentNumber.Value"/>.</param>
    /// <param name="issuer">Who gave it, such as <c>UTO</c>; null when it stands for itself.</param>
    public static NumberKey Of(int group, ReadOnlySpan<char> number, string? issuer)
    {
        if (number.Length > CharsMax) number = number[..CharsMax];
        ulong sum = 0;
        for (int i = 0; i < number.Length; i++) sum += At(i, Plain(number[i]));
        return new(Finish(sum, group, number.Length), TagOf(issuer));
    }

    /// <summary>A byte that differs for most issuers; 0 for none.</summary>
    public static byte TagOf(string? issuer) => string.IsNullOrEmpty(issuer) ? (byte)0 : (byte)(1 + (Hashing.Of(MemoryMarshal.AsBytes(issuer.AsSpan())) % 255));

    /// <summary>The character that stands for those that look like it.</summary>
    internal static char Plain(char c) => c switch { 'O' or 'Q' => '0', 'I' or 'L' => '1', 'B' => '8', 'S' => '5', 'Z' => '2', 'G' => '6', _ => c };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong At(int place, char plain) => Hashing.Mix(((ulong)(place + 1) * 0x9E3779B97F4A7C15) ^ plain);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Finish(ulong sum, int group, int length) => Hashing.Mix(sum + ((ulong)(((uint)group << 8) | (uint)length) * 0xA0761D6478BD642F));
}

/// <summary>A number's key, and the record it belongs to: above 0.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NumberEntry(NumberKey Key, uint Record);

/// <summary>What one changed character, or two swapped ones, make of a number: the keys of all that are one off. Reused.</summary>
public sealed class OneOff
{
    /// <summary>Shorter numbers have too many neighbours to say anything.</summary>
    public const int CharsMin = 5;

    private static readonly char[] Alphabet = [.. "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".Where(c => NumberKey.Plain(c) == c)];
    private const int KeysMax = (NumberKey.CharsMax * 2 + 1) * 36 + NumberKey.CharsMax * 2;

    private readonly ulong[] _hashes = new ulong[KeysMax];
    private readonly ulong[] _before = new ulong[NumberKey.CharsMax + 1], _left = new ulong[NumberKey.CharsMax + 2], _right = new ulong[NumberKey.CharsMax + 2];

    /// <returns>Hashes, valid until the next call; none when the number is too short. The number itself is not among them.</returns>
    public ReadOnlySpan<ulong> Of(int group, ReadOnlySpan<char> number)
    {
        if (number.Length is < CharsMin or >= NumberKey.CharsMax) return [];
        Span<char> plain = stackalloc char[number.Length];
        for (int i = 0; i < plain.Length; i++) plain[i] = NumberKey.Plain(number[i]);
        int n = plain.Length, count = 0;
        Sum(plain);
        ulong all = _before[n];
        for (int i = 0; i < n; i++)
        {
            ulong without = all - NumberKey.At(i, plain[i]);
            foreach (char c in Alphabet)
                if (c != plain[i]) _hashes[count++] = NumberKey.Finish(without + NumberKey.At(i, c), group, n);
            if (i == 0 || plain[i] != plain[i - 1]) _hashes[count++] = NumberKey.Finish(_before[i] + _left[i + 1], group, n - 1);
            if (i + 1 < n && plain[i] != plain[i + 1])
                _hashes[count++] = NumberKey.Finish(without - NumberKey.At(i + 1, plain[i + 1]) + NumberKey.At(i, plain[i + 1]) + NumberKey.At(i + 1, plain[i]), group, n);
        }
        for (int i = 0; i <= n; i++)
            foreach (char c in Alphabet)
                if (i == 0 || c != plain[i - 1]) _hashes[count++] = NumberKey.Finish(_before[i] + NumberKey.At(i, c) + _right[i], group, n + 1);
        return _hashes.AsSpan(0, count);
    }

    /// <summary>Sums of the places before each, and of those from each on, moved one to the left and one to the right.</summary>
    private void Sum(ReadOnlySpan<char> plain)
    {
        int n = plain.Length;
        for (int i = 0; i < n; i++) _before[i + 1] = _before[i] + NumberKey.At(i, plain[i]);
        (_left[n], _right[n]) = (0, 0);
        for (int i = n - 1; i >= 0; i--) (_left[i], _right[i]) = (_left[i + 1] + (i > 0 ? NumberKey.At(i - 1, plain[i]) : 0), _right[i + 1] + NumberKey.At(i + 1, plain[i]));
    }
}
