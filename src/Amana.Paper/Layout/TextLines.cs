using System.Globalization;
using System.Text;
using Amana.Paper.Bidi;
using Amana.Paper.Fonts;

namespace Amana.Paper.Layout;

/// <summary>One line as it is drawn: runs in the order in which they are read, each where it stands.</summary>
internal sealed record TextLine(string Text, double Width, IReadOnlyList<TextRun> Runs);

/// <summary>Glyphs from left to right, beginning at <paramref name="X"/> in thousandths of the size.</summary>
internal sealed record TextRun(double X, bool RightToLeft, IReadOnlyList<Glyph> Glyphs);

/// <summary>A text set in lines of one width. It has one paragraph: no line ends of its own.</summary>
internal sealed class TextLines
{
    private const int Em = 1000;

    private readonly string _text;
    private readonly string _language;
    private readonly FontFile?[] _fonts; // one for each letter
    private readonly byte[] _levels;
    private readonly int[] _pointAt; // which code point a letter belongs to
    private readonly double[] _advances; // what stands at a letter, in thousandths; 0 within a cluster
    private readonly bool[] _begins; // a cluster begins here
    private readonly BidiText _bidi;

    /// <param name="rightToLeft">Null: as its first letter tells.</param>
    public TextLines(string text, Face face, string language, bool? rightToLeft, bool otherwiseRightToLeft)
    {
        (_text, _language) = (text, language);
        var points = new List<int>(text.Length);
        _pointAt = new int[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            if (i > 0 && char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1])) _pointAt[i] = points.Count - 1;
            else
            {
                _pointAt[i] = points.Count;
                points.Add(Rune.TryGetRuneAt(text, i, out var rune) ? rune.Value : 0xFFFD);
            }
        }

        _bidi = new BidiText([.. points], rightToLeft is { } known ? (byte)(known ? 1 : 0) : null, otherwiseRightToLeft ? (byte)1 : (byte)0);
        _levels = new byte[text.Length];
        for (int i = 0; i < text.Length; i++) _levels[i] = _bidi.Levels[_pointAt[i]];
        _fonts = FontsOf(points, Faces.Of(face));
        (_advances, _begins) = (new double[text.Length], new bool[text.Length]);
        foreach (var (from, to) in Runs(0, text.Length, _levels))
        {
            foreach (var glyph in Shaper.Shape(text, from, to, _fonts[from]!, (_levels[from] & 1) == 1, language))
            {
                _advances[glyph.From] += glyph.Advance * Em / glyph.Font.UnitsPerEm;
                _begins[glyph.From] = true;
            }
        }
    }

    public bool IsRightToLeft => _bidi.BaseLevel == 1;

    /// <param name="width">In thousandths of the size.</param>
    public List<TextLine> Break(double width)
    {
        var lines = new List<TextLine>();
        int from = 0;
        while (from < _text.Length)
        {
            int to = EndOfLine(from, width);
            lines.Add(LineOf(from, to));
            from = to;
        }

        return lines;
    }

    private int EndOfLine(int from, double width)
    {
        double used = 0;
        int good = -1;
        for (int i = from; i < _text.Length; i++)
        {
            if (i > from && MayBreakBefore(i)) good = i;
            // A space at the end of a line hangs over; it makes no line too long.
            if (_begins[i] && !char.IsWhiteSpace(_text[i]) && used + _advances[i] > width && i > from) return good > from ? good : i;
            used += _advances[i];
        }

        return _text.Length;
    }

    private bool MayBreakBefore(int i)
    {
        char before = _text[i - 1], at = _text[i];
        if (char.IsWhiteSpace(at) || !_begins[i]) return false;
        if (before is ' ' or '\t' or '\u200B' or '\u3000' or '\u2009') return true;
        if (before is '-' or '/' or '\u2013' or '\u2014') return char.IsLetter(at) && i > 1 && char.IsLetter(_text[i - 2]);
        return IsIdeograph(before) || (IsIdeograph(at) && char.IsLetter(before));
    }

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF';

    private TextLine LineOf(int from, int to)
    {
        int end = to;
        while (end > from && char.IsWhiteSpace(_text[end - 1])) end--;
        if (end == from) return new TextLine(_text, 0, []);
        byte[] pointLevels = _bidi.LineLevels(_pointAt[from], _pointAt[end - 1] + 1);
        byte[] levels = _levels;
        for (int i = from; i < end; i++) levels[i] = pointLevels[_pointAt[i] - _pointAt[from]];
        var placed = new List<(int From, TextRun Run)>();
        double x = 0;
        foreach (var (first, last, level) in BidiText.VisualRuns(levels.AsSpan(from, end - from)))
        {
            var pieces = Runs(from + first, from + last, levels);
            if ((level & 1) == 1) pieces.Reverse();
            foreach (var piece in pieces)
            {
                var glyphs = Shaper.Shape(_text, piece.From, piece.To, _fonts[piece.From]!, (level & 1) == 1, _language);
                placed.Add((piece.From, new TextRun(x, (level & 1) == 1, glyphs)));
                x += glyphs.Sum(g => g.Advance * Em / g.Font.UnitsPerEm);
            }
        }

        return new TextLine(_text, x, [.. placed.OrderBy(p => p.From).Select(p => p.Run)]);
    }

    // Of one level and one font each, in the order of the text.
    private List<(int From, int To)> Runs(int from, int to, byte[] levels)
    {
        var runs = new List<(int From, int To)>();
        for (int i = from; i < to;)
        {
            int begin = i;
            while (i < to && levels[i] == levels[begin] && _fonts[i] == _fonts[begin]) i++;
            runs.Add((begin, i));
        }

        return runs;
    }

    private FontFile?[] FontsOf(List<int> points, IEnumerable<FontFile> fonts)
    {
        var ofPoint = new FontFile[points.Count];
        for (int i = 0; i < points.Count; i++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(points[i]);
            var before = i > 0 ? ofPoint[i - 1] : null;
            // What belongs to the letter before it, or to nobody, stays in the font of that letter.
            bool leans = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpaceSeparator or UnicodeCategory.Format;
            ofPoint[i] = leans && before is not null && (category is UnicodeCategory.Format || before.Has(points[i])) ? before : fonts.FirstOrDefault(f => f.Has(points[i])) ?? fonts.First();
        }

        return Array.ConvertAll(_pointAt, p => ofPoint[p])!;
    }
}
