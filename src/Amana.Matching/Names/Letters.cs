using System.Numerics;

namespace Amana.Matching.Names;

/// <summary>Which letters a reading has, one bit each: two readings that differ in many need no closer look.</summary>
internal static class Letters
{
    public static uint Of(ReadOnlySpan<char> reading)
    {
        uint letters = 0;
        foreach (char c in reading)
            letters |= c is >= 'a' and <= 'z' ? 1u << (c - 'a') : 1u << (26 + (c % 6));
        return letters;
    }

    public static int Differing(uint a, uint b) => BitOperations.PopCount(a ^ b);
}
