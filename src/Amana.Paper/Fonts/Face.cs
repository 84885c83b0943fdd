namespace Amana.Paper.Fonts;

/// <summary>Which letters a text is written in.</summary>
public enum Face { Text, Bold, Mono }

/// <summary>The fonts of a face in the order in which they are asked for a letter.</summary>
internal static class Faces
{
    private static readonly Lazy<FontFile> Sans = new(() => FontFile.Of("IBMPlexSans-Regular")), SansBold = new(() => FontFile.Of("IBMPlexSans-SemiBold")),
        Arabic = new(() => FontFile.Of("IBMPlexSansArabic-Regular")), ArabicBold = new(() => FontFile.Of("IBMPlexSansArabic-SemiBold")), Mono = new(() => FontFile.Of("IBMPlexMono-Regular"));
    // Of names in the script of their country; in one weight.
    private static readonly Lazy<FontFile>[] Others = [new(() => FontFile.Of("IBMPlexSansHebrew-Regular")), new(() => FontFile.Of("IBMPlexSansThai-Regular")), new(() => FontFile.Of("IBMPlexSansDevanagari-Regular"))];

    public static IEnumerable<FontFile> Of(Face face) => (face switch
    {
        Face.Bold => [SansBold, ArabicBold],
        Face.Mono => [Mono, Sans, Arabic],
        _ => (Lazy<FontFile>[])[Sans, Arabic],
    }).Concat(Others).Select(f => f.Value); // a font is opened when the ones before it lack a letter
}
