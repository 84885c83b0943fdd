using System.Globalization;
using System.Text;
using Amana.Paper.Fonts;
using Amana.Paper.Pdf;

namespace Amana.Paper.Layout;

/// <summary>A strip of a page that no page's end parts.</summary>
internal sealed record Slice(double Height, Action<PdfPage, double, double> Draw, bool StaysWithNext = false);

/// <summary>Blocks become slices of a known width; their tags are made in the order in which they are read.</summary>
internal sealed class Compiler(PdfFile file, SheetSetting setting)
{
    private const double LineHeight = 1.4;
    private readonly Dictionary<string, int> _pictures = new(StringComparer.Ordinal);

    public bool IsRightToLeft => setting.IsRightToLeft;

    public IEnumerable<(string Name, int Number)> Pictures => _pictures.Select(p => (p.Key, p.Value));

    /// <summary>Without signs that steer and draw nothing, so that what is written in a field steers nothing beside it.</summary>
    public static string Printable(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= 0x202A and <= 0x202E) continue; // they turn what stands beside them; isolates do not
            if (rune.Value is '\t' or 0x2028 or 0x2029) plain.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Control and not UnicodeCategory.OtherNotAssigned and not UnicodeCategory.PrivateUse || rune.Value is '\n') plain.Append(rune);
        }

        return plain.ToString();
    }

    public List<Slice> SlicesOf(Block block, double width, PdfTag parent)
    {
        List<Slice> slices = block switch
        {
            Words words => WordsOf(words, width, parent),
            Photograph photograph => PhotographOf(photograph, width, parent),
            Squares squares => SquaresOf(squares, width, parent),
            Sign sign => SignOf(sign, width, parent),
            Band band => [new(band.Height, (page, x, y) => Ornament(page, () => page.Hatch(x, y, width, band.Height, band.Colour)))],
            Rule => [new(0.7, (page, x, y) => Ornament(page, () => page.Fill(x, y, width, 0.7, "0.53 0.53 0.53")))],
            Columns columns => [ColumnsOf(columns, width, parent)],
            Framed framed => [FramedOf(framed, width, parent)],
            Pairs pairs => PairsOf(pairs, width, parent),
            _ => throw new ArgumentException($"{block.GetType().Name} is not drawn.", nameof(block)),
        };
        if (block.Before > 0) slices.Insert(0, new(block.Before, (_, _, _) => { }, StaysWithNext: true));
        return block.StaysWithNext ? [.. slices.Select(s => s with { StaysWithNext = true })] : slices;
    }

    public List<TextLine> LinesOf(string text, Face face, double size, double width, bool? rightToLeft = null, string? language = null) =>
        [.. Printable(text).Split('\n').SelectMany(p => p.Length == 0 ? [new TextLine("", 0, [])] : new TextLines(p, face, language ?? setting.Language, rightToLeft, IsRightToLeft).Break(width * 1000 / size))];

    /// <summary>Lines from <paramref name="top"/> down, without a tag of their own.</summary>
    public void Place(PdfPage page, string text, double size, double x, double top, double width, Side side)
    {
        double y = top;
        foreach (var line in LinesOf(text, Face.Text, size, width))
        {
            page.Write(line, StartOf(line, size, x, width, side, IsRightToLeft), y + size * 1.05, size, "0.27 0.27 0.27");
            y += size * LineHeight;
        }
    }

    private static void Ornament(PdfPage page, Action draw)
    {
        page.BeginOrnament();
        draw();
        page.End();
    }

    private static double StartOf(TextLine line, double size, double x, double width, Side side, bool rightToLeft)
    {
        double free = width - line.Width * size / 1000;
        return x + (side is Side.Middle ? free / 2 : (side is Side.End) != rightToLeft ? free : 0);
    }

    private List<Slice> WordsOf(Words words, double width, PdfTag parent)
    {
        var tag = parent.Add(words.Kind, words.Language);
        return LinesTagged(LinesOf(words.Text, words.Face, words.Size, width, words.RightToLeft, words.Language), words.Size, width, words.Side, words.Colour, tag);
    }

    // A long text stands at the side where its own language begins.
    private List<Slice> LinesTagged(List<TextLine> lines, double size, double width, Side side, string colour, PdfTag tag)
    {
        bool rightToLeft = lines.Count > 2 && side is Side.Start ? lines.SelectMany(l => l.Runs).FirstOrDefault()?.RightToLeft ?? IsRightToLeft : IsRightToLeft;
        return [.. lines.Select((line, i) => new Slice(size * LineHeight, (page, x, y) =>
        {
            if (line.Runs.Count == 0) return;
            page.Begin(tag);
            page.Write(line, StartOf(line, size, x, width, side, rightToLeft), y + size * 1.05, size, colour);
            page.End();
        }, StaysWithNext: i == 0 && lines.Count > 1))];
    }

    private List<Slice> PhotographOf(Photograph photograph, double width, PdfTag parent)
    {
        if (!PdfPicture.TryRead(photograph.Bytes, out var picture))
        {
            return [FramedOf(new Framed([new Words(photograph.Alternative)]), Math.Min(width, photograph.Width), parent)];
        }

        string name = $"P{_pictures.Count + 1}";
        string mask = picture.Mask is null ? "" : $"/SMask {file.AddStream($"/Type/XObject/Subtype/Image/Width {picture.Width}/Height {picture.Height}{picture.MaskEntries}", picture.Mask, packed: true)} 0 R";
        _pictures[name] = file.AddStream($"/Type/XObject/Subtype/Image/Width {picture.Width}/Height {picture.Height}{picture.Entries}{mask}", picture.Bytes, packed: true);
        var tag = parent.Add("Figure", alternative: photograph.Alternative);
        return [new(photograph.Height, (page, x, y) => Tagged(page, tag, (x + Aside(width, photograph.Width), y, photograph.Width, photograph.Height), box =>
        {
            page.Picture(name, (double)picture.Width / picture.Height, box.X, box.Y, box.Width, box.Height);
            page.Frame(box.X, box.Y, box.Width, box.Height, 0.5);
        }))];
    }

    private static List<Slice> SquaresOf(Squares squares, double width, PdfTag parent)
    {
        var tag = parent.Add("Figure", alternative: squares.Alternative);
        double one = squares.Size / squares.Dark.Count;
        return [new(squares.Size, (page, x, y) => Tagged(page, tag, (x + (width - squares.Size) / 2, y, squares.Size, squares.Size), box =>
        {
            for (int row = 0; row < squares.Dark.Count; row++)
            {
                for (int column = 0; column < squares.Dark[row].Count; column++)
                {
                    int from = column;
                    while (column < squares.Dark[row].Count && squares.Dark[row][column]) column++;
                    if (column > from) page.Fill(box.X + from * one, box.Y + row * one, (column - from) * one, one + 0.02, "0 0 0");
                }
            }
        }))];
    }

    private List<Slice> SignOf(Sign sign, double width, PdfTag parent)
    {
        var tag = parent.Add("Figure", alternative: sign.Alternative);
        var outline = SvgOutline.Of(sign.Outline);
        double scale = sign.Size / 20, size = sign.MarkSize * scale;
        var mark = new TextLines(sign.Mark, Face.Bold, setting.Language, false, false).Break(double.MaxValue)[0];
        return [new(sign.Size, (page, x, y) => Tagged(page, tag, (x + Aside(width, sign.Size), y, sign.Size, sign.Size), box =>
        {
            page.Outline(outline, box.X, box.Y, scale, sign.Colour);
            page.Write(mark, box.X + (sign.Size - mark.Width * size / 1000) / 2, box.Y + sign.MarkY * scale, size, "1 1 1");
        }))];
    }

    private double Aside(double width, double own) => IsRightToLeft ? width - own : 0;

    private static void Tagged(PdfPage page, PdfTag tag, (double X, double Y, double Width, double Height) box, Action<(double X, double Y, double Width, double Height)> draw)
    {
        tag.Attributes = $"/A<</O/Layout/Placement/Block/BBox[{page.BoxOf(box.X, box.Y, box.Width, box.Height)}]>>";
        page.Begin(tag);
        draw(box);
        page.End();
    }

    private Slice ColumnsOf(Columns columns, double width, PdfTag parent)
    {
        int open = columns.All.Count(c => c.Width is null);
        double rest = width - columns.All.Sum(c => c.Width ?? 0) - columns.Between * (columns.All.Count - 1);
        var laid = columns.All.Select(c => (Width: c.Width ?? rest / open, Slices: c.Blocks.SelectMany(b => SlicesOf(b, c.Width ?? rest / open, parent)).ToList())).ToList();
        return new(laid.Max(c => c.Slices.Sum(s => s.Height)), (page, x, y) =>
        {
            double at = IsRightToLeft ? x + width : x;
            foreach (var (own, slices) in laid)
            {
                if (IsRightToLeft) at -= own;
                Stack(page, slices, at, y);
                at += IsRightToLeft ? -columns.Between : own + columns.Between;
            }
        });
    }

    private Slice FramedOf(Framed framed, double width, PdfTag parent)
    {
        const double pad = 7;
        var slices = framed.Blocks.SelectMany(b => SlicesOf(b, width - 2 * pad - 4, parent)).ToList();
        double high = slices.Sum(s => s.Height) + 2 * pad;
        return new(high, (page, x, y) =>
        {
            Ornament(page, () => page.Frame(x + 1, y + 1, width - 2, high - 2, 1.6));
            Stack(page, slices, x + pad + 2, y + pad);
        });
    }

    private static void Stack(PdfPage page, List<Slice> slices, double x, double y)
    {
        foreach (var slice in slices)
        {
            slice.Draw(page, x, y);
            y += slice.Height;
        }
    }

    private List<Slice> PairsOf(Pairs pairs, double width, PdfTag parent)
    {
        const double size = 9.5, gap = 2.5, between = 12;
        var list = parent.Add("L");
        var slices = new List<Slice>();
        double valueWidth = width - pairs.LabelWidth - between;
        foreach (var pair in pairs.All)
        {
            var item = list.Add("LI");
            var labels = LinesTagged(LinesOf(pair.Label, Face.Text, size, pairs.LabelWidth), size, pairs.LabelWidth, Side.Start, "0.27 0.27 0.27", item.Add("Lbl"));
            var body = item.Add("LBody");
            var values = pair.Values.SelectMany(v => LinesTagged(LinesOf(v, Face.Text, size, valueWidth), size, valueWidth, Side.Start, "0.07 0.07 0.07", body.Add("P"))).ToList();
            for (int i = 0; i < Math.Max(labels.Count, values.Count); i++)
            {
                var (label, value) = (labels.ElementAtOrDefault(i), values.ElementAtOrDefault(i));
                slices.Add(new(size * LineHeight, (page, x, y) =>
                {
                    label?.Draw(page, IsRightToLeft ? x + width - pairs.LabelWidth : x, y);
                    value?.Draw(page, IsRightToLeft ? x : x + pairs.LabelWidth + between, y);
                }, StaysWithNext: i < labels.Count - 1 || value?.StaysWithNext == true));
            }

            slices.Add(new(gap, (_, _, _) => { }));
        }

        return slices;
    }
}
