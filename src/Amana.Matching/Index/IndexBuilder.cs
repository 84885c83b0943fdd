using System.Text;
using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Index;

/// <summary>Packs subjects one after another, then lays out the index.</summary>
/// <remarks>Memory grows with the packed size alone, about 150 bytes a subject: no object is kept for a subject, name or
/// token.</remarks>
internal sealed class IndexBuilder
{
    private readonly NameText _text = new();
    private readonly TokenTable _tokens = new();
    private readonly TokenReadings _readings = new();
    private readonly Buffer<byte> _idBytes = new(), _kinds = new(), _fields = new(), _nameFacts = new(), _nameText = new();
    private readonly Buffer<uint> _idStarts = new(), _fieldStarts = new(), _nameStarts = new(), _nameTextStarts = new(), _nameTokenStarts = new();
    private readonly Buffer<int> _nameTokens = new();
    private readonly Buffer<ulong> _idNumbers = new();

    public IndexBuilder()
    {
        foreach (var starts in (Buffer<uint>[])[_idStarts, _fieldStarts, _nameStarts, _nameTextStarts, _nameTokenStarts]) starts.Add(0);
    }

    public int Count => _kinds.Count;

    public void Add(Subject subject)
    {
        Append(subject.Id, _idBytes);
        _idStarts.Add((uint)_idBytes.Count);
        int place = _kinds.Count;
        _kinds.Add((byte)subject.Kind);
        Records.Write(subject, _fields);
        _fieldStarts.Add((uint)_fields.Count);
        Span<uint> keys = stackalloc uint[IdKeys.CountMax];
        foreach (string number in subject.IdNumbers)
            foreach (uint key in keys[..IdKeys.Of(number, keys)]) _idNumbers.Add(((ulong)key << 32) | (uint)place);
        foreach (var name in subject.Names) AddName(name, subject.Kind);
        _nameStarts.Add((uint)_nameFacts.Count);
    }

    private void AddName(SubjectName name, SubjectKind kind)
    {
        _nameFacts.Add((byte)name.Kind);
        Append(name.Text, _nameText);
        _nameTextStarts.Add((uint)_nameText.Count);
        _text.Read(name.Text.Length > Question.NameCharsMax ? name.Text[..Question.NameCharsMax] : name.Text);
        if (kind is SubjectKind.Organization) _text.JoinCompanyForms();
        int tokens = Math.Min(_text.Count, NameLimits.TokensMax);
        for (int i = 0; i < tokens; i++)
        {
            var token = _text[i];
            var (number, isNew) = _tokens.Add(_text.Text(i), token.Script);
            if (isNew) _readings.Add(number, _tokens.Text(number), ref _tokens.Tokens[number]);
            _nameTokens.Add(number);
        }
        _nameTokenStarts.Add((uint)_nameTokens.Count);
    }

    private static void Append(string text, Buffer<byte> bytes) =>
        Encoding.UTF8.GetBytes(text, bytes.Extend(Encoding.UTF8.GetByteCount(text)));

    public IndexMemory Finish(CancellationToken cancel)
    {
        var (postingStarts, postings) = PostingLists.Of(_nameStarts.Span, _nameTokenStarts.Span, _nameTokens.Span, _tokens.Tokens.Span);
        cancel.ThrowIfCancellationRequested();
        foreach (ref var token in _tokens.Tokens.Span) token.LogCommon = Asking.Rarity.LogOf(token.Subjects + token.Beyond);
        ulong[] outlines = Outlines.Of(_nameStarts.Span, _nameTokenStarts.Span, _nameTokens.Span, _tokens.Tokens.Span);
        var pairs = PairLists.Of(_nameStarts.Span, _nameTokenStarts.Span, _nameTokens.Span, _tokens.Tokens.Span);
        cancel.ThrowIfCancellationRequested();
        var numbers = new HashedPlaces(_idNumbers.Span.ToArray());
        var readings = _readings.Finish(_tokens);
        cancel.ThrowIfCancellationRequested();
        var summary = new Summary
        {
            Subjects = _kinds.Count, Names = _nameFacts.Count, Tokens = _tokens.Count, TokenOccurrences = _nameTokens.Count,
            PairBits = pairs.Bits, DeleteBits = readings.DeleteBits, SkeletonBits = readings.SkeletonBits, IdNumberBits = numbers.Bits,
        };
        Summary[] summaries = [summary];
        return IndexFile.Assemble(section => section switch
        {
            Section.Summary => Bytes<Summary>(summaries),
            Section.IdBytes => _idBytes.AsBytes(), Section.IdStarts => _idStarts.AsBytes(),
            Section.Kinds => _kinds.AsBytes(), Section.Outlines => Bytes<ulong>(outlines),
            Section.FieldStarts => _fieldStarts.AsBytes(), Section.FieldBytes => _fields.AsBytes(),
            Section.NameStarts => _nameStarts.AsBytes(), Section.NameFacts => _nameFacts.AsBytes(),
            Section.NameTextBytes => _nameText.AsBytes(), Section.NameTextStarts => _nameTextStarts.AsBytes(),
            Section.NameTokenStarts => _nameTokenStarts.AsBytes(), Section.NameTokens => _nameTokens.AsBytes(),
            Section.TokenChars => _tokens.Chars.AsBytes(), Section.TokenStarts => _tokens.Starts.AsBytes(),
            Section.Tokens => _tokens.Tokens.AsBytes(), Section.TokenSlots => Bytes(_tokens.Slots),
            Section.ReadingChars => _readings.Chars.AsBytes(), Section.ReadingStarts => _readings.Starts.AsBytes(),
            Section.TokenSounds => _readings.Sounds.AsBytes(),
            Section.SkeletonStarts => Bytes<uint>(readings.SkeletonStarts), Section.Skeletons => Bytes<SkeletonEntry>(readings.Skeletons),
            Section.DeleteStarts => Bytes<uint>(readings.DeleteStarts), Section.Deletes => Bytes<int>(readings.Deletes),
            Section.PostingStarts => Bytes<uint>(postingStarts), Section.Postings => Bytes<int>(postings),
            Section.PairStarts => Bytes<uint>(pairs.Starts), Section.Pairs => Bytes<ulong>(pairs.Sorted),
            Section.IdNumberStarts => Bytes<uint>(numbers.Starts), Section.IdNumbers => Bytes<ulong>(numbers.Sorted),
            _ => default,
        });
    }

    private static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> items)
        where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.AsBytes(items);
}
