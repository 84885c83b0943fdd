namespace Amana.Paper.Fonts;

/// <summary>Which letters a text is written in.</summary>
public enum Face { Text, Bold, Mono }

/// <summary>The fonts of a face in the order in which they are asked for a letter.</summary>
internal static class Faces
{
    private static readonly Lazy<FontFile> Sans = new(() => FontFile.Of("IBMPlexSans-Regular")), SansBold = new(() => FontFile.Of("IBMPlexSans-SemiBold")),
        Arabic = new(() => FontFile.Of("IBMPlexSansArabic-Regular")), ArabicBold = new(() => FontFile.Of("IBMPlexSansArabic-SemiBold")), Mono = new(() => FontFile.Of("IBMPlexMono-Regular"));

    public static IReadOnlyList<FontFile> Of(Face face) => face switch
    {
        Face.Bold => [SansBold.Value, ArabicBold.Value],
        Face.Mono => [Mono.Value, Sans.Value, Arabic.Value],
        _ => [Sans.Value, Arabic.Value],
    };
}
