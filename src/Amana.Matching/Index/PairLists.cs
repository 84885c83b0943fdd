namespace Amana.Matching.Index;

/// <summary>Places under each pair of skeletons that stand together in a name: two common names asked together are met at
/// once, without reading the long list of either.</summary>
internal static class PairLists
{
    /// <summary>Tokens of a name that make pairs; those of longer names are covered by their rarer tokens.</summary>
    public const int TokensMax = 7;

    public static HashedPlaces Of(ReadOnlySpan<uint> nameStarts, ReadOnlySpan<uint> tokenStarts, ReadOnlySpan<int> nameTokens, ReadOnlySpan<Token> facts)
    {
        var pairs = new Buffer<ulong>(1 << 16);
        Span<uint> seen = stackalloc uint[64];
        for (int place = 0; place < nameStarts.Length - 1; place++)
        {
            int kept = 0;
            for (int name = (int)nameStarts[place]; name < nameStarts[place + 1]; name++)
            {
                var tokens = nameTokens[(int)tokenStarts[name]..(int)tokenStarts[name + 1]];
                tokens = tokens[..Math.Min(tokens.Length, TokensMax)];
                for (int i = 0; i < tokens.Length; i++)
                    for (int j = i + 1; j < tokens.Length; j++)
                    {
                        uint key = Key(facts[tokens[i]].PairHalf, facts[tokens[j]].PairHalf);
                        if (seen[..Math.Min(kept, seen.Length)].Contains(key)) continue;
                        seen[kept++ % seen.Length] = key;
                        pairs.Add(((ulong)key << 32) | (uint)place);
                    }
            }
        }
        return new HashedPlaces(pairs.Span.ToArray());
    }

    /// <summary>The same for both orders.</summary>
    public static uint Key(uint a, uint b) => Hashing.Fold(Hashing.Mix(a < b ? ((ulong)a << 32) | b : ((ulong)b << 32) | a));

    public static uint HalfOf(ulong skeleton) => Hashing.Fold(Hashing.Mix(skeleton)) | 1;
}
