namespace Amana.Server.Web.Components;

/// <summary>The nine notices as they are drawn: shape, letter, colour token, word. Colour never stands alone.</summary>
public sealed record NoticeType(char Letter, string Shape, string Mark, double LetterY, double LetterSize)
{
    public static IReadOnlyList<NoticeType> All { get; } =
    [
        new('R', "M6.6 1h6.8L19 6.6v6.8L13.4 19H6.6L1 13.4V6.6z", "R", 13.9, 11),
        new('Y', "M10 .6 19.4 10 10 19.4.6 10z", "Y", 13.9, 10.5),
        new('B', "M10 1a9 9 0 1 1 0 18a9 9 0 1 1 0-18z", "B", 13.9, 11),
        new('K', "M2.5 1.500h15a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1z", "K", 13.9, 11),
        new('G', "M10 .8 18.4 3.6v6c0 5-3.6 8.4-8.4 9.8C5.2 18 1.6 14.6 1.6 9.6v-6z", "G", 13.2, 11),
        new('O', "M10 1 19.4 18.5H.6z", "O", 15.6, 9),
        new('P', "M10 .6 18.3 5.3v9.4L10 19.4 1.7 14.7V5.3z", "P", 13.9, 11),
        new('S', "M4.6 2.5h10.8l4 15H.6z", "S", 13.9, 11),
        new('U', "M7.5 3h5a7 7 0 0 1 0 14h-5a7 7 0 0 1 0-14z", "UN", 13, 8.5),
    ];

    public static NoticeType? Find(char letter) => All.FirstOrDefault(n => n.Letter == char.ToUpperInvariant(letter));
}
