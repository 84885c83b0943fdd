namespace Amana.Matching.Scripts;

/// <summary>A token of a question, made ready to be compared with many others. Reused; not thread-safe.</summary>
/// <remarks>A cost is in nats above the commonest spelling: 0 for the same or the expected spelling, about 1 to 3 for
/// another usual one, above 8 for another name. Allocation-free after construction.</remarks>
internal sealed class TokenCost
{
    /// <summary>Of the further Latin readings, this many are tried against a token of a third script.</summary>
    private const int ReadingsTried = 3;

    private readonly char[] _letters = new char[LetterCosts.LettersMax];
    private readonly LetterGroups[] _own = [.. Enumerable.Range(0, LetterTable.WaysMax).Select(_ => new LetterGroups())];
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
        float best = float.MaxValue;
        int count = SourceLetters.Spell(other, otherScript, _letters);
        foreach (var table in LetterCosts.For(otherScript))
        {
            if (table.OwnCost >= Math.Min(limit, best)) continue;
            _other.Prepare(table, _letters.AsSpan(0, count));
            for (int i = 0; i < Readings.Count && i < ReadingsTried; i++)
            {
                float cost = LetterCosts.Excess(_other, Readings[i], Math.Min(limit, best));
                if (cost < float.MaxValue && cost + Readings.Cost(i) < best) best = cost + Readings.Cost(i);
            }
        }
        return best <= limit ? best : float.MaxValue;
    }

    private float ToLatin(ReadOnlySpan<char> latin, float limit)
    {
        if (!_areLettersReady) ReadLetters();
        float best = float.MaxValue;
        for (int way = 0; way < _ways; way++) best = Math.Min(best, LetterCosts.Excess(_own[way], latin, Math.Min(limit, best)));
        return best;
    }

    private void ReadLetters()
    {
        int letters = SourceLetters.Spell(Token, Script, _letters);
        var tables = LetterCosts.For(Script);
        for (int way = 0; way < _ways; way++) _own[way].Prepare(tables[way], _letters.AsSpan(0, letters));
        _areLettersReady = true;
    }
}
