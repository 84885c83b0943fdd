using Amana.Matching.Asking;

namespace Amana.Matching.Index;

/// <summary>What changed since a base index was built: the records that were added or written anew, the places of the base that no
/// longer answer, and what both do to the counts of the base's tokens.</summary>
/// <remarks>Small beside the base: all of it is of the size of the changes, but for a bit for each token and place of the base.</remarks>
internal sealed class IndexChanges
{
    private readonly PackedPart _base;
    private readonly ulong[] _dropped, _touched;
    /// <summary>Tokens of the base whose count differs, by number; where each stands in the arrays.</summary>
    private readonly Dictionary<int, int> _at = [];
    private readonly Token[] _facts;
    private readonly int[] _own;
    /// <summary>The tokens of the changes as the whole counts them, by own number and by place in the names.</summary>
    private readonly int[] _whole, _nameTokens;
    private readonly ulong[] _outlines;

    /// <param name="dropped">Places of the base, in any order; one that comes twice counts once.</param>
    public IndexChanges(PackedPart @base, PackedPart part, IEnumerable<int> dropped)
    {
        (_base, Part) = (@base, part);
        _dropped = new ulong[(@base.Summary.Subjects + 63) / 64];
        _touched = new ulong[(@base.Summary.Tokens + 63) / 64];
        var counts = new Dictionary<int, (int Difference, int Own)>();
        foreach (int place in dropped) Drop(place, counts);
        _whole = new int[part.Summary.Tokens];
        for (int own = 0; own < _whole.Length; own++)
        {
            int known = @base.Find(part.TokenText(own));
            _whole[own] = known >= 0 ? known : @base.Summary.Tokens + own;
            if (known >= 0) counts[known] = (counts.GetValueOrDefault(known).Difference + part.Tokens[own].Subjects, own);
        }
        (_facts, _own) = (new Token[counts.Count], new int[counts.Count]);
        foreach (var (token, (difference, own)) in counts) Touch(token, difference, OwnOrNone(token, own));
        _nameTokens = new int[part.NameTokens.Length];
        for (int i = 0; i < _nameTokens.Length; i++) _nameTokens[i] = _whole[part.NameTokens[i]];
        _outlines = OutlinesOf();
    }

    public PackedPart Part { get; }

    public int DroppedCount { get; private set; }

    public bool IsDropped(int place) => place < _base.Summary.Subjects && (_dropped[place >> 6] & (1UL << (place & 63))) != 0;

    public ulong OutlineOf(int place) => _outlines[place];

    public ReadOnlySpan<int> TokensOf(int name)
    {
        uint start = Part.NameTokenStarts[name];
        return _nameTokens.AsSpan((int)start, (int)(Part.NameTokenStarts[name + 1] - start));
    }

    /// <summary>Whether the base does not have the token.</summary>
    public bool IsNew(int own) => _whole[own] >= _base.Summary.Tokens;

    /// <summary>A token of the base.</summary>
    public ref readonly Token TokenAt(int token)
    {
        if (!IsTouched(token)) return ref _base.Tokens.Span[token];
        return ref _facts[_at[token]];
    }

    /// <summary>The number that a token of the base has among the changes, or -1.</summary>
    public int OwnOf(int token) => IsTouched(token) ? _own[_at[token]] : -1;

    private bool IsTouched(int token) => (_touched[token >> 6] & (1UL << (token & 63))) != 0;

    private int OwnOrNone(int token, int own) => own < _whole.Length && _whole[own] == token ? own : -1;

    private void Drop(int place, Dictionary<int, (int Difference, int Own)> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, _base.Summary.Subjects);
        if (IsDropped(place)) return;
        _dropped[place >> 6] |= 1UL << (place & 63);
        DroppedCount++;
        int first = (int)_base.NameTokenStarts[(int)_base.NameStarts[place]], end = (int)_base.NameTokenStarts[(int)_base.NameStarts[place + 1]];
        var tokens = _base.NameTokens.Slice(first, end - first);
        for (int i = 0; i < tokens.Length; i++)
            if (!tokens[..i].Contains(tokens[i])) counts[tokens[i]] = (counts.GetValueOrDefault(tokens[i]).Difference - 1, 0);
    }

    private void Touch(int token, int difference, int own)
    {
        _touched[token >> 6] |= 1UL << (token & 63);
        int at = _at.Count;
        _at[token] = at;
        var facts = _base.Tokens[token];
        facts.Subjects += difference;
        facts.LogCommon = Rarity.LogOf(facts.Subjects + facts.Beyond);
        (_facts[at], _own[at]) = (facts, own);
    }

    private ulong[] OutlinesOf()
    {
        var outlines = new ulong[Part.Summary.Subjects];
        float logPopulation = Rarity.LogOf(_base.Summary.Subjects - DroppedCount + outlines.Length + Rarity.People);
        for (int place = 0; place < outlines.Length; place++)
        {
            var outline = new Outline();
            for (int name = (int)Part.NameStarts[place]; name < Part.NameStarts[place + 1]; name++)
            {
                foreach (int token in TokensOf(name)) outline.Add(token, token < _base.Summary.Tokens ? TokenAt(token) : Part.Tokens[token - _base.Summary.Tokens], logPopulation);
                outline.EndName();
            }
            outlines[place] = outline.Packed;
        }
        return outlines;
    }
}
