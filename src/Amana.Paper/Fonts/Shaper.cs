using System.Runtime.InteropServices;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Amana.Paper.Fonts;

/// <summary>One drawn sign: of which font, where its letters stand in the text, how far it leads, how far it is moved.</summary>
/// <param name="From">Its first letter in the text; <paramref name="To"/> is one past the last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Glyph(FontFile Font, ushort Id, int From, int To, double Advance, double MoveX, double MoveY);

/// <summary>Letters become glyphs: joined, stacked, mirrored as their script wants.</summary>
internal static class Shaper
{
    /// <summary>The glyphs of <c>text[from..to]</c>, which runs one way and is in one font, from left to right as they are drawn.</summary>
    public static List<Glyph> Shape(string text, int from, int to, FontFile font, bool rightToLeft, string language)
    {
        using var buffer = new Buffer();
        buffer.ClusterLevel = ClusterLevel.MonotoneCharacters;
        buffer.Flags = BufferFlags.RemoveDefaultIgnorables;
        buffer.AddUtf16(text.AsSpan(), from, to - from);
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Language = new Language(language);
        buffer.GuessSegmentProperties();
        font.Shape.Shape(buffer);
        var infos = buffer.GetGlyphInfoSpan();
        var places = buffer.GetGlyphPositionSpan();
        var glyphs = new List<Glyph>(infos.Length);
        for (int i = 0; i < infos.Length; i++)
        {
            int begins = (int)infos[i].Cluster;
            glyphs.Add(new Glyph(font, (ushort)infos[i].Codepoint, begins, EndOf(infos, i, begins, to, rightToLeft), places[i].XAdvance, places[i].XOffset, places[i].YOffset));
        }

        return glyphs;
    }

    // The next cluster in the text begins where this one ends.
    private static int EndOf(ReadOnlySpan<GlyphInfo> infos, int i, int begins, int end, bool rightToLeft)
    {
        for (int n = rightToLeft ? i - 1 : i + 1; n >= 0 && n < infos.Length; n += rightToLeft ? -1 : 1)
        {
            if ((int)infos[n].Cluster != begins) return (int)infos[n].Cluster;
        }

        return end;
    }
}
