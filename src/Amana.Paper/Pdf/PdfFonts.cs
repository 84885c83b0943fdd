using System.Globalization;
using System.Text;
using Amana.Paper.Fonts;

namespace Amana.Paper.Pdf;

/// <summary>The fonts that a document uses: of each the glyphs drawn, and what they say, so that its text can be read again.</summary>
internal sealed class PdfFonts
{
    private readonly Dictionary<FontFile, Dictionary<ushort, string>> _used = [];

    /// <summary>The name of the font on pages.</summary>
    public string NameOf(FontFile font)
    {
        if (!_used.ContainsKey(font)) _used[font] = [];
        return $"F{_used.Keys.ToList().IndexOf(font) + 1}";
    }

    /// <summary>Notes that the glyph stands for these letters.</summary>
    /// <returns>False when it stood for others before: then the letters are written beside it.</returns>
    public bool Says(FontFile font, ushort glyph, string letters)
    {
        var used = _used[font];
        if (glyph == 0) letters = ""; // the sign for a letter that the font lacks says nothing of its own
        if (used.TryGetValue(glyph, out string? before)) return before == letters && letters.Length > 0;
        used[glyph] = letters;
        return letters.Length > 0;
    }

    /// <summary>Writes all fonts.</summary>
    /// <returns>The entries for the pages' resources.</returns>
    public string Write(PdfFile file) => string.Concat(_used.Select((u, i) => $"/F{i + 1} {Write(file, u.Key, u.Value)} 0 R"));

    private static int Write(PdfFile file, FontFile font, Dictionary<ushort, string> used)
    {
        double Thousandths(int units) => units * 1000.0 / font.UnitsPerEm;
        byte[] cut = font.Cut(used.Keys);
        int program = file.AddStream($"/Length1 {cut.Length}", cut);
        // Six letters that tell one cut of a font from another.
        string name = string.Concat(System.Security.Cryptography.SHA256.HashData(cut).Take(6).Select(b => (char)('A' + b % 26))) + "+" + font.Name;
        int descriptor = file.Add(string.Create(CultureInfo.InvariantCulture,
            $"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{string.Join(' ', font.Box.Select(b => PdfFile.Number(Thousandths(b))))}]/ItalicAngle 0/Ascent {PdfFile.Number(Thousandths(font.Ascent))}/Descent {PdfFile.Number(Thousandths(font.Descent))}/CapHeight 698/StemV 80/FontFile2 {program} 0 R>>"));
        string widths = string.Concat(used.Keys.Order().Select(g => $"{g}[{PdfFile.Number(Thousandths(font.AdvanceOf(g)))}]"));
        int descendant = file.Add($"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/DW 1000/W[{widths}]>>");
        int meaning = file.AddStream("", Encoding.Latin1.GetBytes(MeaningOf(used)));
        return file.Add($"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {meaning} 0 R>>");
    }

    private static string MeaningOf(Dictionary<ushort, string> used)
    {
        var map = new StringBuilder("/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def /CMapName/Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000><FFFF> endcodespacerange\n");
        foreach (var chunk in used.Where(u => u.Value.Length > 0).OrderBy(u => u.Key).Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{chunk.Length} beginbfchar\n");
            foreach (var (glyph, letters) in chunk) map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}><{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(letters))}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict/CMap defineresource pop end end").ToString();
    }
}
