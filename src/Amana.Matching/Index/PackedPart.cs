using System.Text;
using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Index;

/// <summary>The sections of one block of memory, ready to be read. Nothing here changes after it is opened.</summary>
internal sealed class PackedPart
{
    private readonly View<byte> _idBytes, _fieldBytes, _nameFacts, _nameTextBytes;
    private readonly View<uint> _idStarts, _fieldStarts, _nameTextStarts, _tokenStarts, _readingStarts, _skeletonStarts, _deleteStarts, _postingStarts, _pairStarts, _idNumberStarts;
    private readonly View<char> _tokenChars, _readingChars;
    private readonly View<int> _tokenSlots, _deletes, _postings;
    private readonly View<SkeletonEntry> _skeletons;
    private readonly View<ulong> _pairs, _idNumbers;

    public PackedPart(IndexMemory memory)
    {
        Memory = memory;
        var summaries = IndexFile.View<Summary>(memory, Section.Summary);
        Summary = summaries[0];
        _idBytes = Bytes(Section.IdBytes);
        _idStarts = Starts(Section.IdStarts);
        Kinds = Bytes(Section.Kinds);
        Outlines = IndexFile.View<ulong>(memory, Section.Outlines);
        _fieldStarts = Starts(Section.FieldStarts);
        _fieldBytes = Bytes(Section.FieldBytes);
        NameStarts = Starts(Section.NameStarts);
        _nameFacts = Bytes(Section.NameFacts);
        _nameTextBytes = Bytes(Section.NameTextBytes);
        _nameTextStarts = Starts(Section.NameTextStarts);
        NameTokenStarts = Starts(Section.NameTokenStarts);
        NameTokens = IndexFile.View<int>(memory, Section.NameTokens);
        _tokenChars = IndexFile.View<char>(memory, Section.TokenChars);
        _tokenStarts = Starts(Section.TokenStarts);
        Tokens = IndexFile.View<Token>(memory, Section.Tokens);
        _tokenSlots = IndexFile.View<int>(memory, Section.TokenSlots);
        _readingChars = IndexFile.View<char>(memory, Section.ReadingChars);
        _readingStarts = Starts(Section.ReadingStarts);
        Sounds = IndexFile.View<SoundCodes>(memory, Section.TokenSounds);
        _skeletonStarts = Starts(Section.SkeletonStarts);
        _skeletons = IndexFile.View<SkeletonEntry>(memory, Section.Skeletons);
        _deleteStarts = Starts(Section.DeleteStarts);
        _deletes = IndexFile.View<int>(memory, Section.Deletes);
        _postingStarts = Starts(Section.PostingStarts);
        _postings = IndexFile.View<int>(memory, Section.Postings);
        _pairStarts = Starts(Section.PairStarts);
        _pairs = IndexFile.View<ulong>(memory, Section.Pairs);
        _idNumberStarts = Starts(Section.IdNumberStarts);
        _idNumbers = IndexFile.View<ulong>(memory, Section.IdNumbers);
    }

    public IndexMemory Memory { get; }
    public Summary Summary { get; }
    public View<byte> Kinds { get; }
    /// <summary>See <see cref="Index.Outlines"/>.</summary>
    public View<ulong> Outlines { get; }
    public View<Token> Tokens { get; }
    /// <summary>The sounds of each token's usual reading.</summary>
    public View<SoundCodes> Sounds { get; }
    /// <summary>First name of each subject, and one past the last.</summary>
    public View<uint> NameStarts { get; }
    public View<uint> NameTokenStarts { get; }
    public View<int> NameTokens { get; }

    public ReadOnlySpan<byte> IdBytesOf(int place) => _idBytes.Run(_idStarts, place);

    public string IdOf(int place) => Encoding.UTF8.GetString(_idBytes.Run(_idStarts, place));

    public string NameText(int name) => Encoding.UTF8.GetString(_nameTextBytes.Run(_nameTextStarts, name));

    public NameKind NameKindOf(int name) => (NameKind)_nameFacts[name];

    public SubjectFields FieldsOf(int place) => Records.Read(_fieldBytes.Run(_fieldStarts, place));

    public ReadOnlySpan<int> TokensOf(int name) => NameTokens.Run(NameTokenStarts, name);

    public ReadOnlySpan<char> TokenText(int token) => _tokenChars.Run(_tokenStarts, token);

    /// <summary>Asks the processor for where the names of subjects begin that will be read soon: each at its next step.</summary>
    public void Prefetch(int far, int near, int nearest)
    {
        NameStarts.Prefetch(far);
        Kinds.Prefetch(far);
        NameTokenStarts.Prefetch((int)NameStarts[near]);
        NameTokens.Prefetch((int)NameTokenStarts[(int)NameStarts[nearest]]);
    }

    /// <summary>Fetches what <see cref="Tokens"/> and <see cref="PlacesOf"/> say of a token that will soon be looked at.</summary>
    public void PrefetchToken(int token)
    {
        Tokens.Prefetch(token);
        _postingStarts.Prefetch(token);
    }

    /// <summary>Fetches the places of a token that was fetched before.</summary>
    public void PrefetchPlaces(int token) => _postings.Prefetch((int)_postingStarts[token]);

    /// <summary>Fetches where the text of a token begins.</summary>
    public void PrefetchText(int token) => _tokenStarts.Prefetch(token);

    /// <summary>Fetches the text of a token whose beginning was fetched before.</summary>
    public void PrefetchLetters(int token) => _tokenChars.Prefetch((int)_tokenStarts[token]);

    /// <summary>Fetches where the tokens with these skeletons and deletion keys begin, then the first of them.</summary>
    public void PrefetchKeys(ReadOnlySpan<ulong> skeletons, ReadOnlySpan<uint> deletions)
    {
        foreach (ulong key in skeletons) _skeletonStarts.Prefetch(TokenReadings.SlotOf(key, Summary.SkeletonBits));
        foreach (uint key in deletions) _deleteStarts.Prefetch((int)(key >> (32 - Summary.DeleteBits)));
        foreach (ulong key in skeletons) _skeletons.Prefetch((int)_skeletonStarts[TokenReadings.SlotOf(key, Summary.SkeletonBits)]);
        foreach (uint key in deletions) _deletes.Prefetch((int)_deleteStarts[(int)(key >> (32 - Summary.DeleteBits))]);
    }

    /// <summary>The token in Latin letters.</summary>
    public ReadOnlySpan<char> ReadingOf(int token) =>
        Tokens[token].Script is Script.Latn or Script.Zyyy ? TokenText(token) : _readingChars.Run(_readingStarts, token);

    /// <returns>The token with exactly this folded text, or -1.</returns>
    public int Find(ReadOnlySpan<char> folded)
    {
        if (folded.Length > TokenTable.CharsMax) folded = folded[..TokenTable.CharsMax];
        var slots = _tokenSlots.Span;
        int mask = slots.Length - 1;
        for (int slot = TokenTable.SlotOf(folded, mask); slots[slot] is > 0 and var found; slot = (slot + 1) & mask)
            if (TokenText(found - 1).SequenceEqual(folded)) return found - 1;
        return -1;
    }

    public ReadOnlySpan<SkeletonEntry> WithSkeleton(ulong skeleton) => _skeletons.Run(_skeletonStarts, TokenReadings.SlotOf(skeleton, Summary.SkeletonBits));

    public ReadOnlySpan<int> WithDeletion(uint key) => _deletes.Run(_deleteStarts, (int)(key >> (32 - Summary.DeleteBits)));

    public ReadOnlySpan<int> PlacesOf(int token) => _postings.Run(_postingStarts, token);

    /// <summary>Each item's lower half is a place.</summary>
    public ReadOnlySpan<ulong> WithPair(uint key) => HashedPlaces.Find(_pairs, _pairStarts, Summary.PairBits, key);

    /// <summary>Each item's lower half is a place.</summary>
    public ReadOnlySpan<ulong> WithIdNumber(uint key) => HashedPlaces.Find(_idNumbers, _idNumberStarts, Summary.IdNumberBits, key);

    private View<byte> Bytes(Section section) => IndexFile.View<byte>(Memory, section);

    private View<uint> Starts(Section section) => IndexFile.View<uint>(Memory, section);
}
