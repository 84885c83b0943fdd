using System.Security.Cryptography;
using System.Text.Json;
using Amana.Server.Foundation;

namespace Amana.Server.Notices;

/// <summary>What one bureau tells others of its notice: the whole as it is now, or that it is gone. Sent again whenever it changes; a recipient keeps the newest.
/// Specification: docs/specs/messages.md.</summary>
/// <param name="Version">Of the sender's row: rises with each change.</param>
/// <param name="State"><c>in-force</c>, <c>suspended</c>, <c>blocked</c> or <c>ended</c>; an ended one has no content, and its recipient deletes its copy.</param>
/// <param name="EndCode">Of an ended one: of <c>reasons.tsv</c>, or <c>not-for-you</c>.</param>
/// <param name="RetainUntil">Until then the copy may be kept.</param>
/// <param name="Content">By field, as the form has them; without the list of excluded bureaus.</param>
internal sealed record NoticeLetter(
    string Reference, NoticeColour Colour, NoticeForm Form, long Version, string State, string? EndCode, int Edition, DateTimeOffset? PublishedAt, DateTimeOffset? RetainUntil,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Content, IReadOnlyList<NoticeLetter.Picture>? Pictures, IReadOnlyList<NoticeLetter.Addendum>? Addenda)
{
    public const string Kind = "notice", InForce = "in-force", Suspended = "suspended", Blocked = "blocked", Ended = "ended", NotForYou = "not-for-you";

    /// <summary>Photographs beyond that stay at home; the letter says how many there are by their number.</summary>
    public const int PictureBytesMost = 2 * 1024 * 1024;

    public sealed record Picture(string Type, byte[] Bytes);

    public sealed record Addendum(AddendumKind Kind, string Bureau, DateTimeOffset At, int Edition, IReadOnlyDictionary<string, string> Texts);

    /// <summary>What the recipient sees, without the sender's count of changes: the same twice is not sent twice.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Version = 0 }, JsonRules.Options)).AsSpan(0, 16));

    public static string WordOf(NoticeState state) => state switch
    {
        NoticeState.Published => InForce,
        NoticeState.Suspended => Suspended,
        NoticeState.Blocked => Blocked,
        _ => Ended,
    };
}
