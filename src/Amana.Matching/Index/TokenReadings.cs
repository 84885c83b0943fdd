using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Index;

/// <summary>How each token is read in Latin letters while an index is built, and the two ways to find it by that: by the
/// skeleton of its readings, and by deletion of letters.</summary>
internal sealed class TokenReadings
{
    private readonly Readings _readings = new();
    private readonly Buffer<(ulong Skeleton, int Token)> _skeletons = new();

    public TokenReadings() => Starts.Add(0);

    /// <summary>The usual reading of tokens that are not in Latin letters; empty for those that are.</summary>
    public Buffer<char> Chars { get; } = new(1 << 12);
    public Buffer<uint> Starts { get; } = new();

    public void Add(int number, ReadOnlySpan<char> folded, ref Token token)
    {
        Romaniser.Read(folded, token.Script, _readings);
        var main = _readings.Main;
        if (token.Script is not (Script.Latn or Script.Zyyy)) Chars.Add(main);
        Starts.Add((uint)Chars.Count);
        token.First = main.Length > 0 && main[0] is >= 'a' and <= 'z' ? (byte)main[0] : (byte)0;
        Span<ulong> keys = stackalloc ulong[Skeleton.KeysMax];
        int count = Skeleton.Keys(_readings, keys);
        foreach (ulong key in keys[..count]) _skeletons.Add((key, number));
        token.PairHalf = PairLists.HalfOf(keys[0]);
    }

    /// <summary>Tokens by skeleton, and by the deletion keys of their usual readings.</summary>
    public readonly record struct Layout(SkeletonEntry[] Skeletons, uint[] SkeletonStarts, int SkeletonBits, uint[] DeleteStarts, int[] Deletes, int DeleteBits);

    public Layout Finish(TokenTable tokens)
    {
        int bits = TokenTable.BitsFor(_skeletons.Count / 4);
        var starts = new uint[(1 << bits) + 1];
        foreach (var (skeleton, _) in _skeletons.Span) starts[SlotOf(skeleton, bits) + 1]++;
        var next = Accumulate(starts);
        var entries = new SkeletonEntry[_skeletons.Count];
        foreach (var (skeleton, number) in _skeletons.Span)
        {
            var reading = ReadingOf(number, tokens);
            entries[next[SlotOf(skeleton, bits)]++] = new SkeletonEntry
            {
                Token = number, Letters = Letters.Of(reading), Check = CheckOf(skeleton), Script = tokens.Tokens[number].Script,
                Length = (byte)Math.Min(reading.Length, 255),
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
