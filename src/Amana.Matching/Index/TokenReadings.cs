using System.Runtime.InteropServices;
using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Index;

/// <summary>How each token is read in Latin letters while an index is built, and the two ways to find it by that: by the
/// skeleton of its readings, and by deletion of letters.</summary>
internal sealed class TokenReadings
{
    private readonly Readings _readings = new();
    private readonly Buffer<Found> _skeletons = new();

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Found(ulong Skeleton, int Token, SoundCodes Sounds);

    /// <summary>Entries of one token.</summary>
    private const int EntriesMax = 12;

    public TokenReadings() => Starts.Add(0);

    /// <summary>The usual reading of tokens that are not in Latin letters; empty for those that are.</summary>
    public Buffer<char> Chars { get; } = new(1 << 12);
    public Buffer<uint> Starts { get; } = new();

    /// <summary>The sounds of each token's usual reading.</summary>
    public Buffer<SoundCodes> Sounds { get; } = new();

    public void Add(int number, ReadOnlySpan<char> folded, ref Token token)
    {
        Romaniser.Read(folded, token.Script, _readings);
        var main = _readings.Main;
        if (token.Script is not (Script.Latn or Script.Zyyy)) Chars.Add(main);
        Starts.Add((uint)Chars.Count);
        Sounds.Add(Names.Sounds.Of(main, token.Script));
        token.First = main.Length > 0 && main[0] is >= 'a' and <= 'z' ? (byte)main[0] : (byte)0;
        token.Own = (byte)(NameTables.OwnWeight(folded) * 100);
        token.Beyond = Asking.Rarity.Beyond(_readings);
        AddSkeletons(number, token.Script);
    }

    /// <summary>Each reading under each of its skeletons, so that it is found and compared as itself.</summary>
    private void AddSkeletons(int number, Script script)
    {
        Span<ulong> keys = stackalloc ulong[Skeleton.KeysMax];
        int first = _skeletons.Count;
        for (int r = 0; r < _readings.Count; r++)
        {
            var sounds = Names.Sounds.Of(_readings[r], script);
            int count = Skeleton.KeysOf(_readings[r], keys);
            foreach (ulong key in keys[..count])
                if (sounds.Length > 0 && !IsNear(first, key, sounds)) _skeletons.Add(new Found(key, number, sounds));
            if (_skeletons.Count - first >= EntriesMax) return;
        }
    }

    /// <summary>Whether the token is there under the key with the same consonants and vowels but for one.</summary>
    private bool IsNear(int first, ulong key, in SoundCodes sounds)
    {
        foreach (ref readonly var known in _skeletons.Span[first..])
        {
            if (known.Skeleton != key) continue;
            int differ = 0;
            for (int i = 0; i < Names.Sounds.Max; i++) differ += known.Sounds[i] == sounds[i] ? 0 : 1;
            if (differ <= 1) return true;
        }
        return false;
    }

    /// <summary>Tokens by skeleton, and by the deletion keys of their usual readings.</summary>
    public readonly record struct Layout(SkeletonEntry[] Skeletons, uint[] SkeletonStarts, int SkeletonBits, uint[] DeleteStarts, int[] Deletes, int DeleteBits);

    public Layout Finish(TokenTable tokens)
    {
        int bits = TokenTable.BitsFor(_skeletons.Count / 4);
        var starts = new uint[(1 << bits) + 1];
        foreach (ref readonly var found in _skeletons.Span) starts[SlotOf(found.Skeleton, bits) + 1]++;
        var next = Accumulate(starts);
        var entries = new SkeletonEntry[_skeletons.Count];
        foreach (ref readonly var found in _skeletons.Span)
        {
            entries[next[SlotOf(found.Skeleton, bits)]++] = new SkeletonEntry
            {
                Token = found.Token, Check = CheckOf(found.Skeleton), Sounds = found.Sounds,
            };
        }
        var (deleteStarts, deletes, deleteBits) = DeletionsOf(tokens);
        return new(entries, starts, bits, deleteStarts, deletes, deleteBits);
    }

    public static int SlotOf(ulong skeleton, int bits) => (int)(Hashing.Mix(skeleton) >> (64 - bits));

    public static ushort CheckOf(ulong skeleton) => (ushort)Hashing.Mix(skeleton);

    private (uint[] Starts, int[] Tokens, int Bits) DeletionsOf(TokenTable tokens)
    {
        Span<uint> keys = stackalloc uint[Deletions.KeysMax];
        long total = 0;
        for (int t = 0; t < tokens.Count; t++) total += Deletions.Of(ReadingOf(t, tokens), keys);
        int bits = TokenTable.BitsFor((int)Math.Min(total / 2, 1 << 28));
        var starts = new uint[(1 << bits) + 1];
        for (int t = 0; t < tokens.Count; t++)
        {
            int count = Deletions.Of(ReadingOf(t, tokens), keys);
            foreach (uint key in keys[..count]) starts[(key >> (32 - bits)) + 1]++;
        }
        var next = Accumulate(starts);
        var found = new int[total];
        for (int t = 0; t < tokens.Count; t++)
        {
            int count = Deletions.Of(ReadingOf(t, tokens), keys);
            foreach (uint key in keys[..count]) found[next[key >> (32 - bits)]++] = t;
        }
        return (starts, found, bits);
    }

    /// <summary>Turns counts, each one slot late, into starts.</summary>
    /// <returns>A copy to count up while filling.</returns>
    private static uint[] Accumulate(uint[] starts)
    {
        for (int i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        return starts.AsSpan(0, starts.Length - 1).ToArray();
    }

    private ReadOnlySpan<char> ReadingOf(int token, TokenTable tokens) =>
        tokens.Tokens[token].Script is Script.Latn or Script.Zyyy
            ? tokens.Text(token)
            : Chars.Span[(int)Starts[token]..(int)Starts[token + 1]];
}
