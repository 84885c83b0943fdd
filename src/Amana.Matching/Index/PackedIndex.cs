using System.Diagnostics.CodeAnalysis;
using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Index;

/// <summary>An index as it is asked: a base, and what changed since it was built, as one. Places, names and tokens of the changes are
/// counted on from those of the base. Immutable.</summary>
/// <remarks>Counts are those of the records that answer: a record that was replaced is not counted, and a token that nobody bears any
/// more is not there. All else about a dropped record stays in the base's lists until it is built anew; its place is never met.</remarks>
internal sealed class PackedIndex
{
    /// <summary>Base and changes: each with lists of its own.</summary>
    public const int Layers = 2;

    private readonly PackedPart _base;
    private readonly IndexChanges? _changes;
    private readonly int _places, _names, _tokens;

    public PackedIndex(PackedPart @base, IndexChanges? changes = null)
    {
        (_base, _changes) = (@base, changes);
        (_places, _names, _tokens) = (@base.Summary.Subjects, @base.Summary.Names, @base.Summary.Tokens);
        Recent = new Asking.RecentNeighbours(changes is null ? 14 : 12);
        Subjects = _places + (changes is null ? 0 : changes.Part.Summary.Subjects - changes.DroppedCount);
    }

    public PackedPart Base => _base;
    public PackedPart? Added => _changes?.Part;
    public Asking.RecentNeighbours Recent { get; }
    /// <summary>Subjects that answer.</summary>
    public int Subjects { get; }
    /// <summary>One past the last place.</summary>
    public int Places => _places + (_changes?.Part.Summary.Subjects ?? 0);
    public int LayerCount => _changes is null ? 1 : Layers;
    public long Bytes => _base.Memory.Length + (_changes?.Part.Memory.Length ?? 0);

    /// <exception cref="ObjectDisposedException">The index was given back.</exception>
    public void Hold()
    {
        _base.Memory.Hold();
        if (_changes is null) return;
        try
        {
            _changes.Part.Memory.Hold();
        }
        catch (ObjectDisposedException)
        {
            _base.Memory.Release();
            throw;
        }
    }

    public void Release()
    {
        _changes?.Part.Memory.Release();
        _base.Memory.Release();
    }

    public bool IsDropped(int place) => _changes is not null && _changes.IsDropped(place);

    public SubjectKind KindOf(int place) => (SubjectKind)(place < _places ? _base.Kinds[place] : Changes.Part.Kinds[place - _places]);

    /// <summary>See <see cref="Outlines"/>.</summary>
    public ulong OutlineOf(int place) => place < _places ? _base.Outlines[place] : Changes.OutlineOf(place - _places);

    public string IdOf(int place) => place < _places ? _base.IdOf(place) : Changes.Part.IdOf(place - _places);

    public ReadOnlySpan<byte> IdBytesOf(int place) => place < _places ? _base.IdBytesOf(place) : Changes.Part.IdBytesOf(place - _places);

    public SubjectFields FieldsOf(int place) => place < _places ? _base.FieldsOf(place) : Changes.Part.FieldsOf(place - _places);

    /// <summary>The first name of a subject, and one past its last.</summary>
    public (int First, int End) NamesOf(int place)
    {
        if (place < _places) return ((int)_base.NameStarts[place], (int)_base.NameStarts[place + 1]);
        var starts = Changes.Part.NameStarts;
        return (_names + (int)starts[place - _places], _names + (int)starts[place - _places + 1]);
    }

    public string NameText(int name) => name < _names ? _base.NameText(name) : Changes.Part.NameText(name - _names);

    public NameKind NameKindOf(int name) => name < _names ? _base.NameKindOf(name) : Changes.Part.NameKindOf(name - _names);

    public ReadOnlySpan<int> TokensOf(int name) => name < _names ? _base.TokensOf(name) : Changes.TokensOf(name - _names);

    /// <summary>What is counted of a token, over base and changes.</summary>
    public ref readonly Token TokenAt(int token)
    {
        if (_changes is null) return ref _base.Tokens.Span[token];
        if (token >= _tokens) return ref _changes.Part.Tokens.Span[token - _tokens];
        return ref _changes.TokenAt(token);
    }

    /// <summary>The sounds of a token's usual reading.</summary>
    public ref readonly SoundCodes SoundsAt(int token)
    {
        if (token < _tokens) return ref _base.Sounds.Span[token];
        return ref Changes.Part.Sounds.Span[token - _tokens];
    }

    public ReadOnlySpan<char> TokenText(int token) => token < _tokens ? _base.TokenText(token) : Changes.Part.TokenText(token - _tokens);

    /// <summary>The token in Latin letters.</summary>
    public ReadOnlySpan<char> ReadingOf(int token) => token < _tokens ? _base.ReadingOf(token) : Changes.Part.ReadingOf(token - _tokens);

    /// <returns>The token with exactly this folded text, or -1.</returns>
    public int Find(ReadOnlySpan<char> folded)
    {
        int token = _base.Find(folded);
        if (_changes is null) return token;
        if (token >= 0) return IsBorne(token) ? token : -1;
        return _changes.Part.Find(folded) is >= 0 and var added ? _tokens + added : -1;
    }

    /// <summary>Calls for each distinct token once; slow.</summary>
    public IEnumerable<int> AllTokens()
    {
        for (int token = 0; token < _tokens; token++)
            if (IsBorne(token)) yield return token;
        for (int added = 0; added < (_changes?.Part.Summary.Tokens ?? 0); added++)
            if (_changes!.IsNew(added)) yield return _tokens + added;
    }

    public ReadOnlySpan<SkeletonEntry> WithSkeleton(int layer, ulong skeleton) => PartOf(layer).WithSkeleton(skeleton);

    public ReadOnlySpan<int> WithDeletion(int layer, uint key) => PartOf(layer).WithDeletion(key);

    /// <summary>A token of a layer as the whole counts it; false when nobody bears it, or the base has it as well and gives it itself.</summary>
    public bool TryWhole(int layer, int token, out int whole)
    {
        whole = layer == 0 ? token : _tokens + token;
        return layer == 0 ? IsBorne(token) : Changes.IsNew(token);
    }

    /// <summary>The places of a token in one layer's own counting, see <see cref="FirstPlace"/>.</summary>
    public ReadOnlySpan<int> PlacesOf(int layer, int token)
    {
        int own = OwnToken(layer, token);
        return own < 0 ? [] : PartOf(layer).PlacesOf(own);
    }

    /// <summary>Where a layer's places begin.</summary>
    public int FirstPlace(int layer) => layer == 0 ? 0 : _places;

    /// <summary>Each item's lower half is a place in the layer's own counting.</summary>
    public ReadOnlySpan<ulong> WithPair(int layer, int a, int b)
    {
        var (ownA, ownB) = (OwnToken(layer, a), OwnToken(layer, b));
        return ownA < 0 || ownB < 0 ? [] : PartOf(layer).WithPair(PairLists.Key(ownA, ownB));
    }

    /// <summary>Each item's lower half is a place in the layer's own counting.</summary>
    public ReadOnlySpan<ulong> WithIdNumber(int layer, uint key) => PartOf(layer).WithIdNumber(key);

    /// <summary>Asks the processor for where the names of subjects begin that will be read soon: each at its next step.</summary>
    public void Prefetch(int far, int near, int nearest)
    {
        if (far < _places && near < _places && nearest < _places) _base.Prefetch(far, near, nearest);
    }

    public void PrefetchOutline(int place)
    {
        if (place < _places) _base.Outlines.Prefetch(place);
    }

    public void PrefetchSounds(int token) => _base.Sounds.Prefetch(token);

    /// <summary>Fetches what is said of a token that will soon be looked at.</summary>
    public void PrefetchToken(int token)
    {
        if (token < _tokens) _base.PrefetchToken(token);
    }

    /// <summary>Fetches the places of a token that was fetched before.</summary>
    public void PrefetchPlaces(int token)
    {
        if (token < _tokens) _base.PrefetchPlaces(token);
    }

    /// <summary>Fetches where the text of a token begins.</summary>
    public void PrefetchText(int token)
    {
        if (token < _tokens) _base.PrefetchText(token);
    }

    /// <summary>Fetches the text of a token whose beginning was fetched before.</summary>
    public void PrefetchLetters(int token)
    {
        if (token < _tokens) _base.PrefetchLetters(token);
    }

    /// <summary>Fetches where the tokens with these skeletons and deletion keys begin, then the first of them.</summary>
    public void PrefetchKeys(ReadOnlySpan<ulong> skeletons, ReadOnlySpan<uint> deletions) => _base.PrefetchKeys(skeletons, deletions);

    private bool IsBorne(int token) => _changes is null || TokenAt(token).Subjects > 0;

    private PackedPart PartOf(int layer) => layer == 0 ? _base : Changes.Part;

    private int OwnToken(int layer, int token) => layer == 0 ? (token < _tokens ? token : -1)
        : token >= _tokens ? token - _tokens : Changes.OwnOf(token);

    private IndexChanges Changes => _changes ?? throw OutOfRange();

    [DoesNotReturn]
    private static Exception OutOfRange() => throw new IndexFileException(IndexFileException.Damaged, "An offset points outside its section.");
}
