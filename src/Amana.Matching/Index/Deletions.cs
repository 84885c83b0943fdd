using System.Runtime.CompilerServices;

namespace Amana.Matching.Index;

/// <summary>The deletion neighbourhood: two readings within one or two typing errors share a key that is left when
/// letters are taken out of each.</summary>
/// <remarks>Only the first <see cref="PrefixLetters"/> letters make keys, so a long token has at most 29. Errors behind
/// them leave the keys alone. Part of the index file's meaning.</remarks>
internal static class Deletions
{
    public const int PrefixLetters = 7;
    public const int KeysMax = 1 + 7 + 21;
    /// <summary>Shorter readings allow one error, longer ones two. Letters.</summary>
    public const int TwoErrorsFrom = 6;

    /// <summary>Writes the hash of each shortened form.</summary>
    public static int Of(ReadOnlySpan<char> reading, Span<uint> keys)
    {
        ulong word = 0;
        int n = Math.Min(reading.Length, PrefixLetters);
        for (int i = 0; i < n; i++) word |= (ulong)(byte)reading[i] << (8 * i);
        int count = 0;
        keys[count++] = Hash(word);
        for (int i = 0; i < n; i++)
        {
            if (i > 0 && reading[i] == reading[i - 1]) continue; // the same form
            ulong one = Without(word, i);
            keys[count++] = Hash(one);
            if (reading.Length < TwoErrorsFrom) continue;
            for (int j = i; j < n - 1; j++) keys[count++] = Hash(Without(one, j));
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Without(ulong word, int letter)
    {
        ulong before = (1UL << (8 * letter)) - 1;
        return (word & before) | ((word >> 8) & ~before);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ulong word) => Hashing.Fold(Hashing.Mix(word * 0x9E3779B97F4A7C15));
}
