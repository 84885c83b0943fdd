using System.Globalization;
using System.Text;
using Amana.Paper.Fonts;
using Amana.Paper.Layout;

namespace Amana.Paper.Pdf;

/// <summary>One page as it is drawn. Points from its top left corner.</summary>
internal sealed class PdfPage(int index, double height, PdfFonts fonts)
{
    private readonly StringBuilder _content = new();
    private int _marks;

    public int Index => index;

    public byte[] Content => Encoding.Latin1.GetBytes(_content.ToString());

    /// <summary>What follows, up to <see cref="End"/>, belongs to the tag.</summary>
    public void Begin(PdfTag tag)
    {
        tag.Marks(index, _marks);
        _content.Append(CultureInfo.InvariantCulture, $"/{tag.Kind}<</MCID {_marks++}>>BDC\n");
    }

    /// <summary>What follows says nothing: ornament, or what stands on every page.</summary>
    public void BeginOrnament() => _content.Append("/Artifact BMC\n");

    public void End() => _content.Append("EMC\n");

    public void Write(TextLine line, double x, double baseline, double size, string colour)
    {
        foreach (var run in line.Runs)
        {
            double at = x + run.X * size / 1000;
            var placed = new List<(Glyph Glyph, double X)>(run.Glyphs.Count);
            foreach (var glyph in run.Glyphs)
            {
                double unit = size / glyph.Font.UnitsPerEm;
                placed.Add((glyph, at + glyph.MoveX * unit));
                at += glyph.Advance * unit;
            }

            if (placed.Count == 0) continue;
            if (run.RightToLeft) placed.Reverse(); // in the order in which they are read
            _content.Append(CultureInfo.InvariantCulture, $"{colour} rg BT /{fonts.NameOf(placed[0].Glyph.Font)} {PdfFile.Number(size)} Tf\n");
            for (int i = 0; i < placed.Count;)
            {
                int from = i;
                while (i < placed.Count && placed[i].Glyph.From == placed[from].Glyph.From) i++;
                Write(placed[from..i], LettersOf(line.Text, placed[from].Glyph), baseline, size);
            }

            _content.Append("ET\n");
        }
    }

    // One cluster: a glyph that always says the same needs no more; others have what they say beside them.
    private void Write(List<(Glyph Glyph, double X)> cluster, string letters, double baseline, double size)
    {
        bool plain = cluster.Count == 1 && fonts.Says(cluster[0].Glyph.Font, cluster[0].Glyph.Id, letters);
        if (!plain) _content.Append(CultureInfo.InvariantCulture, $"/Span<</ActualText{PdfFile.Text(letters)}>>BDC\n");
        foreach (var (glyph, x) in cluster)
        {
            if (!plain) fonts.Says(glyph.Font, glyph.Id, "");
            Show(glyph.Id, x, height - baseline + glyph.MoveY * size / glyph.Font.UnitsPerEm);
        }

        if (!plain) _content.Append("EMC\n");
    }

    private void Show(ushort glyph, double x, double y) => _content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {PdfFile.Number(x)} {PdfFile.Number(y)} Tm <{glyph:X4}>Tj\n");

    private static string LettersOf(string text, Glyph glyph) => string.Concat(text[glyph.From..glyph.To].EnumerateRunes()
        .Where(r => Rune.GetUnicodeCategory(r) is not UnicodeCategory.Format || r.Value is 0x200C or 0x200D).Select(r => r.ToString()));

    public void Fill(double x, double y, double width, double high, string colour) =>
        Add($"{colour} rg {PdfFile.Number(x)} {PdfFile.Number(height - y - high)} {PdfFile.Number(width)} {PdfFile.Number(high)} re f");

    public void Frame(double x, double y, double width, double high, double thickness) =>
        Add($"0 G {PdfFile.Number(thickness)} w {PdfFile.Number(x)} {PdfFile.Number(height - y - high)} {PdfFile.Number(width)} {PdfFile.Number(high)} re S");

    /// <summary>A band with slanting white stripes: it is told from a plain one in grey as well.</summary>
    public void Hatch(double x, double y, double width, double high, string colour)
    {
        Fill(x, y, width, high, colour);
        double bottom = height - y - high;
        Add($"q {PdfFile.Number(x)} {PdfFile.Number(bottom)} {PdfFile.Number(width)} {PdfFile.Number(high)} re W n 1 G 2 w");
        for (double at = x - high; at < x + width; at += 9) Add($"{PdfFile.Number(at)} {PdfFile.Number(bottom)} m {PdfFile.Number(at + high)} {PdfFile.Number(bottom + high)} l S");
        Add("Q");
    }

    /// <param name="outline">Steps of a path from the top left corner, already in the words of this format.</param>
    public void Outline(IEnumerable<string> outline, double x, double y, double scale, string colour)
    {
        Add($"q {PdfFile.Number(scale)} 0 0 {PdfFile.Number(-scale)} {PdfFile.Number(x)} {PdfFile.Number(height - y)} cm {colour} rg");
        foreach (string step in outline) Add(step);
        Add("f Q");
    }

    /// <summary>Filled to the edges of its place; what does not fit is cut off.</summary>
    public void Picture(string name, double share, double x, double y, double width, double high)
    {
        (double w, double h) = share > width / high ? (high * share, high) : (width, width / share);
        Add($"q {PdfFile.Number(x)} {PdfFile.Number(height - y - high)} {PdfFile.Number(width)} {PdfFile.Number(high)} re W n");
        Add($"{PdfFile.Number(w)} 0 0 {PdfFile.Number(h)} {PdfFile.Number(x - (w - width) / 2)} {PdfFile.Number(height - y - high - (h - high) / 2)} cm /{name} Do Q");
    }

    public string BoxOf(double x, double y, double width, double high) => $"{PdfFile.Number(x)} {PdfFile.Number(height - y - high)} {PdfFile.Number(x + width)} {PdfFile.Number(height - y)}";

    private void Add(string step) => _content.Append(step).Append('\n');
}
