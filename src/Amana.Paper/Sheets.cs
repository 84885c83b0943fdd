using System.Globalization;
using System.Text;
using Amana.Paper.Fonts;
using Amana.Paper.Layout;
using Amana.Paper.Pdf;

namespace Amana.Paper;

/// <summary>The size of a sheet.</summary>
public enum SheetSize { A4, Letter }

/// <summary>What holds for a whole document.</summary>
public sealed record SheetSetting
{
    /// <summary>BCP 47: of the document, where nothing else is said.</summary>
    public required string Language { get; init; }
    public required bool IsRightToLeft { get; init; }
    public required string Title { get; init; }
    public required string Author { get; init; }
    public required DateTimeOffset Made { get; init; }
    public SheetSize Size { get; init; }
}

/// <summary>What stands on every page: at its head from the second page on, at its foot on each.</summary>
public sealed record Edges(string HeadStart, string HeadEnd, string FootStart, string FootEnd);

/// <summary>A document for paper: blocks in, the bytes of a tagged PDF file out.</summary>
/// <remarks>Fonts are carried along, cut to what is used; text can be read again in the order of its language. Sources: ISO 32000-1;
/// ISO 14289-1 (PDF/UA-1); UAX #9.</remarks>
public static class Sheets
{
    private const double Margin = 34, HeadHeight = 18, EdgeSize = 7.5; // 12 mm

    /// <param name="edges">Told the number of the page and how many there are.</param>
    public static byte[] Write(SheetSetting setting, IReadOnlyList<Block> blocks, Func<int, int, Edges> edges)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(edges);
        (double width, double height) = setting.Size is SheetSize.A4 ? (595.28, 841.89) : (612, 792);
        var file = new PdfFile();
        var fonts = new PdfFonts();
        var root = new PdfTag("Document", null);
        var compiler = new Compiler(file, setting);
        double room = width - 2 * Margin;
        double footRoom = compiler.LinesOf(edges(999, 999).FootStart, Face.Text, EdgeSize, FootWidth(room)).Count * EdgeSize * 1.4 + 14;
        var pages = new List<PdfPage>();
        double y = double.MaxValue;
        foreach (var group in Together(blocks.SelectMany(b => compiler.SlicesOf(b, room, root))))
        {
            if (y + group.Sum(s => s.Height) > height - Margin - footRoom && (pages.Count == 0 || y > TopOf(pages.Count) + 1))
            {
                pages.Add(new PdfPage(pages.Count, height, fonts));
                y = TopOf(pages.Count);
            }

            foreach (var slice in group)
            {
                slice.Draw(pages[^1], Margin, y);
                y += slice.Height;
            }
        }

        var foot = root.Add("P");
        foreach (var page in pages) DrawEdges(compiler, page, edges(page.Index + 1, pages.Count), foot, (width, height), footRoom);
        return Assemble(file, fonts, compiler, setting, pages, root, (width, height));
    }

    /// <summary>Whether every letter of the text can be drawn; one that cannot is an empty box, and can still be read by machines.</summary>
    public static bool CanDraw(string text) => Compiler.Printable(text).EnumerateRunes().All(r => Rune.IsWhiteSpace(r) || Rune.GetUnicodeCategory(r) is UnicodeCategory.Format || Faces.Of(Face.Text).Any(f => f.Has(r.Value)));

    private static double TopOf(int page) => page > 1 ? Margin + HeadHeight : Margin;

    private static double FootWidth(double room) => room - 190;

    // What does not stand at the foot of a page with nothing after it goes to the next page with what follows.
    private static IEnumerable<List<Slice>> Together(IEnumerable<Slice> slices)
    {
        var group = new List<Slice>();
        foreach (var slice in slices)
        {
            group.Add(slice);
            if (slice.StaysWithNext) continue;
            yield return group;
            group = [];
        }

        if (group.Count > 0) yield return group;
    }

    // Who printed, when and for what is read aloud once, on the first page; on the others it is what stands on every page.
    private static void DrawEdges(Compiler compiler, PdfPage page, Edges edge, PdfTag foot, (double Width, double Height) sheet, double footRoom)
    {
        double room = sheet.Width - 2 * Margin;
        if (page.Index > 0)
        {
            page.BeginOrnament();
            compiler.Place(page, edge.HeadStart, EdgeSize, Margin, Margin - 2, room, Side.Start);
            compiler.Place(page, edge.HeadEnd, EdgeSize, Margin, Margin - 2, room, Side.End);
            page.Fill(Margin, Margin + 11, room, 0.5, "0.5 0.5 0.5");
            page.End();
        }

        double top = sheet.Height - Margin - footRoom + 8;
        page.BeginOrnament();
        page.Fill(Margin, top, room, 0.5, "0.5 0.5 0.5");
        page.End();
        if (page.Index == 0) page.Begin(foot);
        else page.BeginOrnament();
        compiler.Place(page, edge.FootStart, EdgeSize, compiler.IsRightToLeft ? Margin + room - FootWidth(room) : Margin, top + 4, FootWidth(room), Side.Start);
        compiler.Place(page, edge.FootEnd, EdgeSize, Margin, top + 4, room, Side.End);
        page.End();
    }

    private static byte[] Assemble(PdfFile file, PdfFonts fonts, Compiler compiler, SheetSetting setting, List<PdfPage> pages, PdfTag root, (double Width, double Height) sheet)
    {
        int tree = file.Reserve(), list = file.Reserve();
        int[] numbers = [.. pages.Select(_ => file.Reserve())];
        string resources = $"<</Font<<{fonts.Write(file)}>>/XObject<<{string.Concat(compiler.Pictures.Select(p => $"/{p.Name} {p.Number} 0 R"))}>>>>";
        foreach (var page in pages)
        {
            int content = file.AddStream("", page.Content);
            file.Set(numbers[page.Index], $"<</Type/Page/Parent {list} 0 R/MediaBox[0 0 {PdfFile.Number(sheet.Width)} {PdfFile.Number(sheet.Height)}]/Resources{resources}/Contents {content} 0 R/StructParents {page.Index}/Tabs/S/Group<</S/Transparency/CS/DeviceRGB>>>>");
        }

        file.Set(list, $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', numbers.Select(n => $"{n} 0 R"))}]>>");
        var marked = pages.Select(_ => new SortedDictionary<int, int>()).ToList();
        int top = root.Write(file, tree, numbers, marked);
        string parents = string.Concat(marked.Select((m, i) => $"{i}[{string.Join(' ', m.Values.Select(n => $"{n} 0 R"))}]"));
        file.Set(tree, $"<</Type/StructTreeRoot/K {top} 0 R/ParentTree<</Nums[{parents}]>>/ParentTreeNextKey {pages.Count}>>");
        int described = file.AddPlainStream("/Type/Metadata/Subtype/XML", Encoding.UTF8.GetBytes(Description(setting)));
        string made = setting.Made.UtcDateTime.ToString("'D:'yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);
        int information = file.Add($"<</Title{PdfFile.Text(setting.Title)}/Author{PdfFile.Text(setting.Author)}/Producer(Amana)/CreationDate({made})>>");
        int catalog = file.Add($"<</Type/Catalog/Pages {list} 0 R/Lang({setting.Language})/MarkInfo<</Marked true>>/StructTreeRoot {tree} 0 R/Metadata {described} 0 R/ViewerPreferences<</DisplayDocTitle true{(setting.IsRightToLeft ? "/Direction/R2L" : "")}>>>>");
        return file.ToBytes(catalog, information);
    }

    private static string Description(SheetSetting setting) => $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
        <pdfuaid:part>1</pdfuaid:part><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Xml(setting.Title)}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>{Xml(setting.Author)}</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>{setting.Language}</rdf:li></rdf:Bag></dc:language>
        <xmp:CreateDate>{setting.Made.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</xmp:CreateDate><pdf:Producer>Amana</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>
        <?xpacket end="w"?>
        """;

    private static string Xml(string text) => System.Security.SecurityElement.Escape(Compiler.Printable(text)) ?? "";
}
