namespace Amana.Matching.Index;

/// <summary>Places under each pair of common tokens that stand together in a name: two common names asked together are met at
/// once, without reading the long list of either.</summary>
internal static class PairLists
{
    /// <summary>Subjects from which on a token is common. The lists of rarer ones are short enough to be read.</summary>
    public const int CommonFrom = 200;
    /// <summary>Tokens of a name that make pairs; those of longer names are covered by their rarer tokens.</summary>
    private const int TokensMax = 8;

    public static HashedPlaces Of(ReadOnlySpan<uint> nameStarts, ReadOnlySpan<uint> tokenStarts, ReadOnlySpan<int> nameTokens, ReadOnlySpan<Token> facts)
    {
        var pairs = new Buffer<ulong>(1 << 16);
        Span<uint> seen = stackalloc uint[64];
        Span<int> common = stackalloc int[TokensMax];
        for (int place = 0; place < nameStarts.Length - 1; place++)
        {
            int kept = 0;
            for (int name = (int)nameStarts[place]; name < nameStarts[place + 1]; name++)
            {
                int count = 0;
                foreach (int token in nameTokens[(int)tokenStarts[name]..(int)tokenStarts[name + 1]])
                    if (count < TokensMax && facts[token].Subjects >= CommonFrom) common[count++] = token;
                for (int i = 0; i < count; i++)
                    for (int j = i + 1; j < count; j++)
                    {
                        uint key = Key(common[i], common[j]);
                        if (seen[..Math.Min(kept, seen.Length)].Contains(key)) continue;
                        seen[kept++ % seen.Length] = key;
                        pairs.Add(((ulong)key << 32) | (uint)place);
                    }
            }
        }
        return new HashedPlaces(pairs.Span.ToArray());
    }

    /// <summary>Of two token numbers; the same for both orders.</summary>
    public static uint Key(int a, int b) => Hashing.Fold(Hashing.Mix(a < b ? ((ulong)(uint)a << 32) | (uint)b : ((ulong)(uint)b << 32) | (uint)a));
}
