namespace Amana.Matching.Scripts;

/// <summary>Keys that different spellings of one name share in any script: the classes of its consonants.</summary>
/// <remarks>Lips (b f p v), teeth (d t), throat (c g k q), hiss (s z sh ch j ts), r and l, m, n; vowels and h, w, y carry
/// none. A letter that is read in two ways, such as c, g, j, ch, x, w or h, gives two keys. Two tokens may be the same
/// name when they share a key. A key is four bits a class behind a leading 1, the first fifteen classes.</remarks>
internal static class Skeleton
{
    public const int KeysMax = 8;
    private const ulong Empty = 1;

    private enum Class : byte { None, Lips, Teeth, Throat, Hiss, Liquid, M, N }

    /// <returns>How many different keys were written, likeliest first; at least one, at most <see cref="KeysMax"/>.</returns>
    public static int Keys(Readings readings, Span<ulong> keys)
    {
        int count = 0;
        Span<ulong> some = stackalloc ulong[KeysMax];
        for (int r = 0; r < readings.Count && count < KeysMax; r++)
        {
            int found = KeysOf(readings[r], some);
            for (int i = 0; i < found && count < KeysMax; i++)
                if (!keys[..count].Contains(some[i])) keys[count++] = some[i];
        }
        if (count == 0) keys[count++] = Empty;
        return count;
    }

    /// <summary>Of a Latin token.</summary>
    public static int KeysOf(ReadOnlySpan<char> latin, Span<ulong> keys)
    {
        keys[0] = Empty;
        int count = 1;
        for (int i = 0; i < latin.Length;)
        {
            var (length, first, second) = Next(latin, i);
            if (i > 0 && length == 1 && latin[i] == latin[i - 1]) first = second = Class.None;
            count = Append(keys, count, first, second);
            i += length;
        }
        return Unique(keys, count);
    }

    private static int Append(Span<ulong> keys, int count, Class first, Class second)
    {
        bool splits = second != first && count * 2 <= KeysMax;
        if (splits) keys[..count].CopyTo(keys[count..]);
        for (int i = 0; i < count; i++)
        {
            keys[i] = With(keys[i], first);
            if (splits) keys[count + i] = With(keys[count + i], second);
        }
        return splits ? count * 2 : count;
    }

    private static ulong With(ulong key, Class next) => next is Class.None || key >> 60 != 0 ? key : (key << 4) | (ulong)next;

    private static int Unique(Span<ulong> keys, int count)
    {
        int unique = 0;
        for (int i = 0; i < count; i++)
            if (!keys[..unique].Contains(keys[i])) keys[unique++] = keys[i];
        return unique;
    }

    /// <summary>How many letters the sound at <paramref name="i"/> takes, and its classes: likelier, and other.</summary>
    private static (int Length, Class First, Class Second) Next(ReadOnlySpan<char> s, int i)
    {
        char c = s[i], next = i + 1 < s.Length ? s[i + 1] : ' ';
        char third = i + 2 < s.Length ? s[i + 2] : ' ';
        switch (c)
        {
            case 'b' or 'f' or 'v': return (1, Class.Lips, Class.Lips);
            case 'p': return (next == 'h' ? 2 : 1, Class.Lips, Class.Lips);
            case 't' when next is 's' or 'z' || (next, third) is ('c', 'h'): return (next == 'c' ? 3 : 2, Class.Hiss, Class.Hiss);
            case 'd' when next is 'z' or 'j': return (2, Class.Hiss, Class.Hiss);
            case 'd' or 't': return (next == 'h' ? 2 : 1, Class.Teeth, Class.Teeth);
            case 's' when (next, third) is ('c', 'h'): return (3, Class.Hiss, Class.Hiss);
            case 's' or 'z': return (next is 'h' or 'z' ? 2 : 1, Class.Hiss, Class.Hiss);
            case 'c' when next == 'h': return (2, Class.Hiss, Class.Throat);
            case 'c' when next is 'e' or 'i' or 'y': return (1, Class.Hiss, Class.Throat);
            case 'c' when next is 'k' or 'q': return (2, Class.Throat, Class.Throat);
            case 'c': return (1, Class.Throat, i + 1 == s.Length ? Class.Hiss : Class.Throat);
            case 'k': return (next == 'h' ? 2 : 1, Class.Throat, next == 'h' ? Class.None : Class.Throat);
            case 'q': return (1, Class.Throat, Class.Throat);
            case 'g' when next is 'e' or 'i' or 'y': return (1, Class.Throat, Class.Hiss);
            case 'g': return (next == 'h' ? 2 : 1, Class.Throat, next == 'h' ? Class.None : Class.Throat);
            case 'j': return (1, Class.Hiss, Class.None);
            case 'x': return (1, Class.Hiss, Class.Throat);
            case 'l' or 'r': return (1, Class.Liquid, Class.Liquid);
            case 'm': return (1, Class.M, Class.M);
            case 'n': return (1, Class.N, Class.N);
            case 'w': return (1, Class.None, Class.Lips);
            case 'h': return (1, Class.None, i == 0 ? Class.Throat : Class.None);
            default: return (1, Class.None, Class.None);
        }
    }
}
