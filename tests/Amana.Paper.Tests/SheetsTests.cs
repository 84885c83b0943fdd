using System.Globalization;
using Amana.Paper.Fonts;
using Amana.Paper.Layout;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Amana.Paper.Tests;

/// <summary>What comes out is opened with a reader that is not ours.</summary>
public class SheetsTests
{
    private const string Arabic = "أصدر القاضي الأمر TR-2026-118 في 3 فبراير 2026 بحق مثال النموذجي (Mithal) بتهمة الاحتيال.";

    [Theory]
    [InlineData("ar", Arabic)]
    [InlineData("en", "Wanted for fraud: 14 accounts, see TR-2026-118 (مثال النموذجي), office efficient.")]
    [InlineData("fr", "Recherché pour escroquerie : œuvre, Échantillon, 2,4 millions d’euros, où çà.")]
    [InlineData("en", "Born Levi לוי בן דוד 1974, สมชาย, देवनागरी")]
    [InlineData("es", "¿Quién? El señor Muñoz, expediente núm. 7; ¡atención! Μιθάλ Мисаль")]
    public void A_text_can_be_read_again_in_the_order_of_its_language(string language, string text)
    {
        using var document = Open(language, [new Words(text)]);
        TextOf(document.GetPage(1)).ShouldStartWith(Bare(text));
    }

    [Fact]
    public void Arabic_runs_to_the_left_and_what_is_Latin_or_a_number_in_it_to_the_right()
    {
        using var document = Open("ar", [new Words(Arabic)]);
        var letters = document.GetPage(1).Letters.SelectMany(l => Bare(l.Value).Select(_ => l)).ToList(); // lam with alef is one glyph of two letters
        string text = string.Concat(document.GetPage(1).Letters.Select(l => Bare(l.Value)));
        double Of(string word, int letter) => letters[text.IndexOf(word, StringComparison.Ordinal) + letter].BoundingBox.Left;
        Of("أصدر", 0).ShouldBeGreaterThan(Of("أصدر", 3));
        Of("TR-2026-118", 0).ShouldBeLessThan(Of("TR-2026-118", 5));
        Of("TR-2026-118", 0).ShouldBeLessThan(Of("أصدر", 0), "the reference follows, to the left");
        Of("2026بحق", 0).ShouldBeLessThan(Of("2026بحق", 3));
        letters[0].BoundingBox.Right.ShouldBeGreaterThan(document.GetPage(1).Width - 40, "an Arabic line begins at the right");
    }

    [Fact]
    public void Arabic_letters_are_joined_and_lam_with_alef_is_still_two_letters()
    {
        using var document = Open("ar", [new Words("الاحتيال بلا سلاح")]);
        TextOf(document.GetPage(1)).ShouldStartWith("الاحتيالبلاسلاح");
        var glyphs = Shaper.Shape("ببب", 0, 3, Faces.Of(Face.Text).ElementAt(1), rightToLeft: true, "ar");
        glyphs.Select(g => g.Id).Distinct().Count().ShouldBe(3, "beginning, middle and end are drawn differently");
    }

    [Theory]
    [InlineData("ar", "/Direction/R2L")]
    [InlineData("en", null)]
    public void A_document_is_tagged_says_its_language_and_title_and_carries_its_fonts(string language, string? direction)
    {
        byte[] file = Write(language, [new Words("Red notice") { Kind = "H1" }, new Pairs([new Pair("Born", ["12 Aug 1974"])]), new Squares([[true, false], [false, true]], 20, "Check it")]);
        using var document = PdfDocument.Open(file);
        string catalog = document.Structure.Catalog.CatalogDictionary.ToString();
        foreach (string entry in (string[])["Lang", language, "MarkInfo", "StructTreeRoot", "Metadata"]) catalog.ShouldContain(entry);
        document.Information.Title.ShouldBe("R · Specimen");
        string raw = System.Text.Encoding.Latin1.GetString(file);
        foreach (string kind in (string[])["Document", "H1", "L", "LI", "Lbl", "LBody", "Figure"]) raw.ShouldContain($"/S/{kind}/");
        raw.ShouldContain("<pdfuaid:part>1</pdfuaid:part>");
        raw.ShouldContain("DisplayDocTitle true" + direction);
        foreach (string font in raw.Split("/Type/FontDescriptor").Skip(1)) font[..font.IndexOf("endobj", StringComparison.Ordinal)].ShouldContain("/FontFile2 ");
        document.GetPage(1).Letters.ShouldAllBe(l => l.FontName!.Contains("+IBMPlex", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ar", "كلمة ")]
    [InlineData("en", "word ")]
    [InlineData("en", "x")]
    public void A_long_text_goes_on_over_pages_and_loses_nothing(string language, string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 40_000 / piece.Length));
        using var document = Open(language, [new Words("Facts") { Kind = "H2", StaysWithNext = true }, new Pairs([new Pair("Facts", [text])])]);
        document.NumberOfPages.ShouldBeGreaterThan(5);
        string all = string.Concat(document.GetPages().Select(TextOf));
        int asked = Bare(text).Length;
        all.Count(c => c == piece[0]).ShouldBeGreaterThanOrEqualTo(asked / Bare(piece).Length);
        for (int page = 1; page <= document.NumberOfPages; page++)
        {
            TextOf(document.GetPage(page)).ShouldContain($"Copy1.{page}/{document.NumberOfPages}");
            document.GetPage(page).Letters.ShouldAllBe(l => l.BoundingBox.Bottom > 30 && l.BoundingBox.Left > 30 && l.BoundingBox.Right < 565);
        }
    }

    [Fact]
    public void What_steers_and_draws_nothing_does_no_harm()
    {
        string text = "a\u0000b\u0007c\u202Edlo\u202C (((((\u2066\u2066 \\) endstream endobj <script>alert(1)</script>\uFFFF";
        using var document = Open("en", [new Words(text), new Words("after")]);
        string read = TextOf(document.GetPage(1));
        read.ShouldContain("abcdlo(((((");
        read.ShouldContain("<script>alert(1)</script>");
        read.ShouldContain("after");
    }

    [Fact]
    public void A_letter_that_no_font_has_takes_its_place_and_can_be_read_again()
    {
        using var document = Open("en", [new Words("王 小明")]);
        document.GetPage(1).GetMarkedContents().SelectMany(m => m.Children).Select(c => c.ActualText).ShouldBe(["王", "小", "明"]);
        (Sheets.CanDraw("王"), Sheets.CanDraw("Zénith \u2068לוי\u2069\n")).ShouldBe((false, true));
    }

    [Theory]
    [InlineData(0, 8, "gray")]
    [InlineData(2, 8, "colour")]
    [InlineData(4, 8, "gray with transparency")]
    [InlineData(6, 8, "colour with transparency")]
    public void A_photograph_is_carried_along(int kind, int bits, string what)
    {
        using var document = Open("en", [new Photograph(Pictures.Png(30, 20, kind, bits), 90, 60, what)]);
        var picture = document.GetPage(1).GetImages().ShouldHaveSingleItem();
        (picture.WidthInSamples, picture.HeightInSamples).ShouldBe((30, 20));
        picture.TryGetPng(out byte[]? png).ShouldBeTrue();
        png!.Length.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_a_frame_with_its_words()
    {
        byte[] whole = Pictures.Png(30, 20, 6, 8);
        foreach (byte[] broken in (byte[][])[[], [0xFF, 0xD8, 0xFF], whole[..40], [.. whole[..^60], .. whole[^12..]], Pictures.Png(30, 20, 2, 8, interlaced: true)])
        {
            using var document = Open("en", [new Photograph(broken, 90, 60, "Photograph 1")]);
            document.GetPage(1).GetImages().ShouldBeEmpty();
            TextOf(document.GetPage(1)).ShouldStartWith("Photograph1");
        }
    }

    [Fact]
    public void Of_a_picture_bomb_with_transparency_one_row_at_a_time_is_held()
    {
        byte[] bomb = Pictures.Png(6_000, 6_000, 6, 8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] file = Write("en", [new Photograph(bomb, 90, 60, "Photograph 1")]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(6_000L * 6_000 * 4 / 2, "the picture unpacked has 144 MB");
        file.Length.ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void The_same_blocks_make_the_same_bytes() => Write("ar", [new Words(Arabic)]).ShouldBe(Write("ar", [new Words(Arabic)]));

    private static byte[] Write(string language, IReadOnlyList<Block> blocks) => Sheets.Write(
        new SheetSetting { Language = language, IsRightToLeft = language == "ar", Title = "R · Specimen", Author = "Amana", Made = new(2026, 11, 23, 14, 7, 0, TimeSpan.Zero) }, blocks,
        (page, pages) => new("R", "UTO-R-2026-0291", string.Create(CultureInfo.InvariantCulture, $"Copy 1. {page}/{pages}"), "seal"));

    private static PdfDocument Open(string language, IReadOnlyList<Block> blocks) => PdfDocument.Open(Write(language, blocks));

    private static string TextOf(Page page) => TextOf(page.Letters);

    private static string TextOf(IEnumerable<Letter> letters) => Bare(string.Concat(letters.Select(l => l.Value)));

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
