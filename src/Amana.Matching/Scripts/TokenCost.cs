namespace Amana.Matching.Scripts;

/// <summary>A token of a question, made ready to be compared with many others. Reused; not thread-safe.</summary>
/// <remarks>A cost is in nats above the commonest spelling: 0 for the same or the expected spelling, about 1 to 3 for
/// another usual one, above 8 for another name. Allocation-free after construction.</remarks>
internal sealed class TokenCost
{
    /// <summary>Of the further Latin readings, this many are tried against a token of a third script.</summary>
    private const int ReadingsTried = 3;

    private readonly char[] _letters = new char[LetterCosts.LettersMax];
    private int _letterCount;
    private readonly char[] _token = new char[LetterCosts.LettersMax];
    private int _tokenCount;

    public Script Script { get; private set; }

    /// <summary>The Latin readings of the prepared token.</summary>
    public Readings Readings { get; } = new();

    public ReadOnlySpan<char> Token => _token.AsSpan(0, _tokenCount);

    public void Prepare(ReadOnlySpan<char> token, Script script)
    {
        if (token.Length > LetterCosts.LettersMax) token = token[..LetterCosts.LettersMax];
        Script = script is Script.Zyyy ? Script.Latn : script;
        token.CopyTo(_token);
        _tokenCount = token.Length;
        _letterCount = SourceLetters.Spell(token, Script, _letters);
        Romaniser.Read(token, Script, Readings);
    }

    /// <summary>Nats, or <see cref="float.MaxValue"/> when over <paramref name="limit"/>.</summary>
    /// <param name="otherLatin">The other's main reading, when the caller has it; else it is worked out.</param>
    public float To(ReadOnlySpan<char> other, Script otherScript, float limit, ReadOnlySpan<char> otherLatin = default)
    {
        if (otherScript is Script.Zyyy) otherScript = Script.Latn;
        if (otherScript == Script && other.SequenceEqual(Token)) return 0;
        if (otherScript is Script.Latn && LetterCosts.For(Script) is { } mine)
            return LetterCosts.Excess(mine, _letters.AsSpan(0, _letterCount), other, limit);
        if (LetterCosts.For(otherScript) is not { } table) return float.MaxValue;
        if (otherScript == Script)
            return otherLatin.IsEmpty ? ToSame(table, other, limit) : LetterCosts.Excess(table, _letters.AsSpan(0, _letterCount), otherLatin, limit);
        return ToThird(table, other, otherScript, limit);
    }

    private float ToSame(LetterTable table, ReadOnlySpan<char> other, float limit)
    {
        Span<char> letters = stackalloc char[LetterCosts.LettersMax];
        int count = SourceLetters.Spell(other, Script, letters);
        return LetterCosts.Excess(table, letters[..count], Readings.Main, limit);
    }

    private float ToThird(LetterTable table, ReadOnlySpan<char> other, Script otherScript, float limit)
    {
        Span<char> letters = stackalloc char[LetterCosts.LettersMax];
        int count = SourceLetters.Spell(other, otherScript, letters);
        float best = float.MaxValue;
        for (int i = 0; i < Readings.Count && i < ReadingsTried; i++)
        {
            float cost = LetterCosts.Excess(table, letters[..count], Readings[i], Math.Min(limit, best));
            if (cost < float.MaxValue && cost + Readings.Cost(i) < best) best = cost + Readings.Cost(i);
        }
        return best <= limit ? best : float.MaxValue;
    }
}
