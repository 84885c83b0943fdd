using System.Runtime.InteropServices;
using System.Text;

namespace Amana.Matching.Scripts;

/// <summary>One token of a folded name and where it stood in the raw one.</summary>
/// <param name="Start">Place in <see cref="NameText.Folded"/>.</param>
/// <param name="RawStart">Place in the raw name, so that evidence shows what was written.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NameToken(int Start, int Length, int RawStart, int RawLength, Script Script);

/// <summary>A raw name, folded and cut into tokens of one script each. Reused from name to name; not thread-safe.</summary>
/// <remarks>Case, width, marks, tashkeel, kashida, digits of other scripts, controls and Unicode form make no difference.
/// Unpaired surrogates are dropped. Apostrophes join (O'Brien is one token), hyphens and dots part. O(n), allocates only
/// for a name longer than any before and for one with combining marks, which is composed first.</remarks>
internal sealed class NameText
{
    private char[] _folded = new char[128];
    private int[] _rawOf = new int[128];
    private NameToken[] _tokens = new NameToken[16];
    private int _length;
    private int _tokenStart;
    private Script _tokenScript;
    private int _wordStart;
    private bool _wordIsMixed;
    private bool _cuts = true;

    public int Count { get; private set; }
    public NameToken this[int index] => _tokens[index];

    /// <summary>The tokens in order with one space between them.</summary>
    public ReadOnlySpan<char> Folded => _folded.AsSpan(0, _length);

    public ReadOnlySpan<char> Text(int index) => _folded.AsSpan(_tokens[index].Start, _tokens[index].Length);

    /// <summary>What the token was read from. Where the raw name had combining marks, its composed form.</summary>
    public ReadOnlySpan<char> Raw(int index) => RawName.AsSpan(_tokens[index].RawStart, _tokens[index].RawLength);

    /// <summary>The name as read: composed where it came decomposed.</summary>
    public string RawName { get; private set; } = "";

    public void Read(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        RawName = NeedsComposing(raw) ? Composed(raw) : raw;
        (_length, Count, _tokenStart, _wordStart, _wordIsMixed) = (0, 0, 0, 0, false);
        _tokenScript = Script.Zyyy;
        for (int i = 0; i < RawName.Length; i++)
        {
            char c = RawName[i];
            if (char.IsHighSurrogate(c) && i + 1 < RawName.Length && char.IsLowSurrogate(RawName[i + 1]))
            {
                AddPair(i);
                i++;
            }
            else if (c is >= 'a' and <= 'z') AddLetter(c, i, Script.Latn);
            else if (Folding.IsApostrophe(c)) AddGeresh(i);
            else AddAll(Folding.Of(c), i);
        }
        EndWord(RawName.Length);
        if (_length > 0 && _folded[_length - 1] == ' ') _length--;
        if (_cuts && Count == 1) CutFamilyName();
    }

    /// <summary>Makes each company form, of one word or more, the one word that stands for its kind: gmbh for Gesellschaft mit
    /// beschränkter Haftung. For names of organisations.</summary>
    public void JoinCompanyForms()
    {
        int kept = 0;
        for (int i = 0; i < Count;)
        {
            int words = Math.Min(NameTables.WordsMax, Count - i), form = 0;
            while (words > 0 && (form = NameTables.CompanyForm(Words(i, words))) == 0) words--;
            _tokens[kept] = _tokens[i];
            if (words > 0)
            {
                int end = _tokens[i + words - 1].RawStart + _tokens[i + words - 1].RawLength;
                _tokens[kept] = _tokens[i] with { RawLength = end - _tokens[i].RawStart, Start = _length, Script = Script.Latn };
                string word = NameTables.CompanyFormWord(form);
                foreach (char c in word) Put(c, _tokens[i].RawStart);
                _tokens[kept] = _tokens[kept] with { Length = word.Length };
            }
            kept++;
            i += Math.Max(words, 1);
        }
        Count = kept;
    }

    private ReadOnlySpan<char> Words(int first, int count) =>
        _folded.AsSpan(_tokens[first].Start, _tokens[first + count - 1].Start + _tokens[first + count - 1].Length - _tokens[first].Start);

    /// <summary>Folds one entry of a table. Not for the hot path.</summary>
    public static string FoldedOf(string raw)
    {
        var text = new NameText { _cuts = false };
        text.Read(raw);
        return text.Folded.ToString();
    }

    private void AddPair(int raw)
    {
        var rune = new Rune(RawName[raw], RawName[raw + 1]);
        AddAll(Folding.Of(rune), raw);
    }

    private void AddGeresh(int raw)
    {
        if (_tokenScript is Script.Hebr && _length > _tokenStart && _folded[_length - 1] != '\u05F3') Put('\u05F3', raw);
    }

    private void AddAll(string folded, int raw)
    {
        foreach (char c in folded)
        {
            if (c == ' ') EndWord(raw);
            else if (c is >= '0' and <= '9') AddDigit(c, raw);
            else if (c == '\u3005' && _length > _tokenStart) Put(_folded[_length - 1], raw); // repeats the letter before
            else if (char.IsLowSurrogate(c)) Put(c, raw);
            else AddLetter(c, raw, ScriptRules.Of(c));
        }
    }

    private void AddDigit(char c, int raw)
    {
        if (_length > _tokenStart && _tokenScript is not (Script.Latn or Script.Zyyy)) EndToken(raw);
        Put(c, raw);
    }

    private void AddLetter(char c, int raw, Script script)
    {
        if (_length > _tokenStart && _tokenScript != script)
        {
            if (_tokenScript is Script.Zyyy && script is Script.Latn) { }
            else if (Lookalikes.Concerns(_tokenScript, script)) _wordIsMixed = true;
            else EndToken(raw);
        }
        _tokenScript = script;
        Put(c, raw);
    }

    private void Put(char c, int raw)
    {
        if (_length == _folded.Length)
        {
            Array.Resize(ref _folded, _length * 2);
            Array.Resize(ref _rawOf, _length * 2);
        }
        _rawOf[_length] = raw;
        _folded[_length++] = c;
    }

    private void EndWord(int raw)
    {
        if (_wordIsMixed) _tokenScript = Lookalikes.Unify(_folded.AsSpan(_wordStart, _length - _wordStart));
        _wordIsMixed = false;
        EndToken(raw);
        _wordStart = _length;
    }

    private void EndToken(int raw)
    {
        int length = _length - _tokenStart;
        if (length > 0)
        {
            int rawStart = _rawOf[_tokenStart];
            Add(new NameToken(_tokenStart, length, rawStart, Math.Max(raw - rawStart, 1), _tokenScript));
            Put(' ', raw);
        }
        (_tokenStart, _tokenScript) = (_length, Script.Zyyy);
    }

    private void Add(NameToken token)
    {
        if (Count == _tokens.Length) Array.Resize(ref _tokens, Count * 2);
        _tokens[Count++] = token;
    }

    /// <summary>A name written without spaces in Han or Hangul becomes family and given name.</summary>
    private void CutFamilyName()
    {
        var whole = _tokens[0];
        if (!whole.Script.RunsTogether) return;
        int family = FamilyNames.LengthOf(Text(0), whole.Script);
        if (family == 0) return;
        int rawCut = _rawOf[family];
        Put(' ', 0);
        for (int i = _length - 1; i > family; i--) (_folded[i], _rawOf[i]) = (_folded[i - 1], _rawOf[i - 1]);
        _folded[family] = ' ';
        Count = 0;
        Add(whole with { Length = family, RawLength = rawCut - whole.RawStart });
        Add(new NameToken(family + 1, whole.Length - family, rawCut, whole.RawStart + whole.RawLength - rawCut, whole.Script));
    }

    private static bool NeedsComposing(string raw)
    {
        foreach (char c in raw)
            if (Folding.NeedsComposing(c)) return true;
        return false;
    }

    /// <summary>Composed; an unpaired surrogate, which cannot be normalised, is replaced first and dropped later.</summary>
    private static string Composed(string raw)
    {
        var safe = new StringBuilder(raw.Length);
        foreach (var rune in raw.EnumerateRunes())
            if (rune != Rune.ReplacementChar) safe.Append(rune.ToString());
        string text = safe.ToString();
        foreach (char c in text)
            if (c is '\uFF9E' or '\uFF9F' or (>= '\uFFA0' and <= '\uFFDC') or (>= '\u3131' and <= '\u318E')) return text.Normalize(NormalizationForm.FormKC);
        return text.Normalize(NormalizationForm.FormC);
    }
}
