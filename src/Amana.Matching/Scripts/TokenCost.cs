namespace Amana.Matching.Scripts;

/// <summary>A token of a question, made ready to be compared with many others. Reused; not thread-safe.</summary>
/// <remarks>A cost is in nats above the commonest spelling: 0 for the same or the expected spelling, about 1 to 3 for
/// another usual one, above 8 for another name. Allocation-free after construction.</remarks>
internal sealed class TokenCost
{
    private readonly char[] _letters = new char[LetterCosts.LettersMax];
    private readonly LetterGroups[] _own = [.. Enumerable.Range(0, LetterTable.WaysMax).Select(_ => new LetterGroups())];
    /// <summary>An Arabic word without its article.</summary>
    private readonly LetterGroups _bare = new();
    private readonly LetterGroups _other = new();
    private readonly Readings _readings = new();
    private int _ways;
    // Most tokens were asked before: they are neither read nor compared again.
    private bool _areLettersReady, _isRead;
    private readonly char[] _token = new char[LetterCosts.LettersMax];
    private int _tokenCount;

    public Script Script { get; private set; }

    /// <summary>The Latin readings of the prepared token.</summary>
    public Readings Readings
    {
        get
        {
            if (!_isRead) Romaniser.Read(Token, Script, _readings);
            _isRead = true;
            return _readings;
        }
    }

    public ReadOnlySpan<char> Token => _token.AsSpan(0, _tokenCount);

    public void Prepare(ReadOnlySpan<char> token, Script script)
    {
        if (token.Length > LetterCosts.LettersMax) token = token[..LetterCosts.LettersMax];
        Script = script is Script.Zyyy ? Script.Latn : script;
        token.CopyTo(_token);
        _tokenCount = token.Length;
        _ways = LetterCosts.For(Script).Length;
        _areLettersReady = _isRead = false;
    }

    /// <summary>Nats, or <see cref="float.MaxValue"/> when over <paramref name="limit"/>.</summary>
    /// <param name="otherLatin">The other's main reading, when the caller has it; else it is worked out.</param>
    public float To(ReadOnlySpan<char> other, Script otherScript, float limit, ReadOnlySpan<char> otherLatin = default)
    {
        if (otherScript is Script.Zyyy) otherScript = Script.Latn;
        if (otherScript == Script && other.SequenceEqual(Token)) return 0;
        if (otherScript is Script.Latn && _ways > 0) return ToLatin(other, limit);
        if (otherScript == Script && _ways > 0 && !otherLatin.IsEmpty) return ToLatin(otherLatin, limit);
        return FromLetters(other, otherScript, limit);
    }

    /// <summary>The other's letters, spelled as this token.</summary>
    private float FromLetters(ReadOnlySpan<char> other, Script script, float limit)
    {
        float best = float.MaxValue;
        var letters = _letters.AsSpan(0, SourceLetters.Spell(other, script, _letters));
        var tables = LetterCosts.For(script);
        foreach (var table in tables)
        {
            if (table.OwnCost >= Math.Min(limit, best)) continue;
            _other.Prepare(table, letters);
            best = Math.Min(best, LetterCosts.Excess(_other, Readings.Main, Math.Min(limit, best)));
        }
        if (!ArabicArticle.Starts(other)) return best;
        _other.Prepare(tables[0], letters[ArabicArticle.Length..]);
        return Math.Min(best, LetterCosts.Excess(_other, Readings.Main, Math.Min(limit, best) - ArabicArticle.LeftOutCost) + ArabicArticle.LeftOutCost);
    }

    private float ToLatin(ReadOnlySpan<char> latin, float limit)
    {
        if (!_areLettersReady) ReadLetters();
        float best = float.MaxValue;
        for (int way = 0; way < _ways; way++) best = Math.Min(best, LetterCosts.Excess(_own[way], latin, Math.Min(limit, best)));
        if (!ArabicArticle.Starts(Token)) return best;
        return Math.Min(best, LetterCosts.Excess(_bare, latin, Math.Min(limit, best) - ArabicArticle.LeftOutCost) + ArabicArticle.LeftOutCost);
    }

    private void ReadLetters()
    {
        int letters = SourceLetters.Spell(Token, Script, _letters);
        var tables = LetterCosts.For(Script);
        for (int way = 0; way < _ways; way++) _own[way].Prepare(tables[way], _letters.AsSpan(0, letters));
        if (ArabicArticle.Starts(Token)) _bare.Prepare(tables[0], _letters.AsSpan(ArabicArticle.Length, letters - ArabicArticle.Length));
        _areLettersReady = true;
    }
}
