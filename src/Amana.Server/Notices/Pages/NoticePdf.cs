using Amana.Paper;
using Amana.Paper.Fonts;
using Amana.Paper.Layout;
using Amana.Server.Web;
using Amana.Server.Web.Components;

namespace Amana.Server.Notices.Pages;

/// <summary>The paper of a notice as a PDF file: tagged, with its fonts, of one language, mirrored where that is read from right to left.</summary>
internal static class NoticePdf
{
    private const double PictureWidth = 92, PictureHeight = 115, CodeSize = 88;

    /// <param name="pictures">The photographs that <see cref="NoticePaper.Photographs"/> names.</param>
    public static byte[] Of(NoticePaper paper, IReadOnlyList<byte[]> pictures, SheetSize size, DateTimeOffset made)
    {
        var texts = Texts.In(paper.Language);
        string colour = ColourOf(paper.Letter);
        List<Block> blocks =
        [
            new Band(9, colour),
            Head(paper, texts, colour),
            new Rule { Before = 6 },
            Who(paper, pictures),
        ];
        if (paper.Caution is { } caution) blocks.Add(new Framed([new Words(caution) { Face = Face.Bold, Size = 11 }]) { Before = 10 });
        foreach (var remark in paper.Remarks)
        {
            blocks.Add(new Framed([new Words(remark.Title) { Face = Face.Bold }, new Words(remark.From) { Size = 8, Colour = "0.27 0.27 0.27" },
                .. remark.Texts.Select(t => new Words(t.Text) { Language = t.Language, Before = 3 })]) { Before = 8 });
        }

        foreach (var part in paper.Parts)
        {
            blocks.Add(new Words($"{part.Number}. {part.Title}") { Kind = "H2", Face = Face.Bold, Size = 10, Before = 12, StaysWithNext = true });
            blocks.Add(new Rule { StaysWithNext = true });
            blocks.Add(new Pairs([.. part.Rows.Select(r => new Pair(r.Label, r.Values))]) { Before = 4 });
        }

        if (paper.Presumed is { } presumed) blocks.Add(new Words(presumed) { Face = Face.Bold, Before = 10 });
        if (!paper.Written.All(Sheets.CanDraw)) blocks.Add(new Words(texts["notices.print-boxes"]) { Size = 8, Before = 10 });
        var setting = new SheetSetting { Language = paper.Language.Code, IsRightToLeft = paper.Language.IsRightToLeft, Title = $"{paper.Reference} · {paper.Type}", Author = "Amana", Made = made, Size = size };
        return Sheets.Write(setting, blocks, (page, pages) =>
        {
            string number = texts.Say("notices.print-page", ("page", page), ("pages", pages));
            return new Edges($"{paper.Type} · {paper.Name}", paper.Reference, $"{paper.Foot} {number}.", paper.Code);
        });
    }

    private static Columns Head(NoticePaper paper, Texts texts, string colour)
    {
        var type = NoticeType.Find(paper.Letter)!;
        List<Block> reference =
        [
            new Words(paper.Reference) { Face = Face.Mono, Size = 12, Side = Side.End, RightToLeft = false },
            new Words(paper.Standing) { Side = Side.End },
        ];
        if (paper.Handling is { } handling) reference.Add(new Words($"{handling} · {texts[$"handling.{handling}"]}") { Face = Face.Bold, Size = 8.5, Side = Side.End });
        return new Columns(
        [
            new Column(42, [new Sign(type.Shape, type.Mark, type.LetterY, type.LetterSize, colour, 40, paper.Type)]),
            new Column(null, [new Words($"{paper.Type} · {paper.Meaning}") { Face = Face.Bold, Size = 16 },
                .. paper.OtherNames.Select(o => new Words(o.Name) { Language = o.Language.Code, Size = 8.5 })]),
            new Column(190, reference),
        ]) { Before = 8 };
    }

    private static Columns Who(NoticePaper paper, IReadOnlyList<byte[]> pictures)
    {
        var columns = new List<Column>();
        foreach (var (bytes, name) in pictures.Zip(paper.Photographs)) columns.Add(new Column(PictureWidth, [new Photograph(bytes, PictureWidth, PictureHeight, name)]));
        List<Block> names = [new Words(paper.Name) { Kind = "H1", Face = Face.Bold, Size = 16, Language = ScriptText.LanguageOf(paper.Name) }];
        if (paper.OtherName is { } other) names.Add(new Words(other) { Size = 14, Before = 3, Language = ScriptText.LanguageOf(other) });
        columns.Add(new Column(null, names));
        columns.Add(new Column(CodeSize + 12, [new Squares(PrintSeal.SquaresOf(paper.CheckAddress), CodeSize, paper.Check), new Words(paper.Check) { Size = 7.5, Side = Side.Middle }]));
        return new Columns(columns) { Before = 10 };
    }

    // As the print style of the pages has them: dark enough for white stripes and letters.
    private static string ColourOf(char letter) => letter switch
    {
        'R' => "0.776 0.157 0.157", 'Y' => "0.69 0.557 0", 'B' => "0.122 0.373 0.749", 'K' => "0.11 0.11 0.11", 'G' => "0.118 0.482 0.235",
        'O' => "0.722 0.337 0", 'P' => "0.478 0.208 0.69", 'S' => "0.4 0.443 0.478", _ => "0.043 0.459 0.639",
    };
}
