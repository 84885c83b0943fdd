namespace Amana.Matching.Index;

/// <summary>For each token the places of the subjects that bear it, ascending, each once.</summary>
internal static class PostingLists
{
    public static (uint[] Starts, int[] Places) Of(ReadOnlySpan<uint> nameStarts, ReadOnlySpan<uint> tokenStarts, ReadOnlySpan<int> nameTokens, Span<Token> tokens)
    {
        var last = new int[tokens.Length];
        Array.Fill(last, -1);
        for (int place = 0; place < nameStarts.Length - 1; place++)
            foreach (int token in TokensOf(place, nameStarts, tokenStarts, nameTokens))
                if (last[token] != place)
                {
                    last[token] = place;
                    tokens[token].Subjects++;
                }
        var starts = new uint[tokens.Length + 1];
        for (int token = 0; token < tokens.Length; token++) starts[token + 1] = starts[token] + (uint)tokens[token].Subjects;
        var places = new int[starts[^1]];
        var next = starts.AsSpan(0, tokens.Length).ToArray();
        Array.Fill(last, -1);
        for (int place = 0; place < nameStarts.Length - 1; place++)
            foreach (int token in TokensOf(place, nameStarts, tokenStarts, nameTokens))
                if (last[token] != place)
                {
                    last[token] = place;
                    places[next[token]++] = place;
                }
        return (starts, places);
    }

    private static ReadOnlySpan<int> TokensOf(int place, ReadOnlySpan<uint> nameStarts, ReadOnlySpan<uint> tokenStarts, ReadOnlySpan<int> nameTokens) =>
        nameTokens[(int)tokenStarts[(int)nameStarts[place]]..(int)tokenStarts[(int)nameStarts[place + 1]]];
}
