using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Notices;
using Amana.Server.PublicNotices;
using Amana.Server.Uploads;
using Amana.Server.Web;

namespace Amana.Server.News;

/// <summary>Puts an item of news up for everybody, in all four languages.</summary>
internal sealed class PublishNews(AmanaDb db, Gate gate, UploadGate uploads, JournalWriter journal, NewsShelf shelf, TimeProvider clock)
{
    public const int TitleCharsMax = 160, BodyCharsMax = 20_000, ItemsMax = 1_000, SlugCharsMax = 80, AlternativeCharsMax = 250;

    /// <param name="Titles">By language code.</param>
    /// <param name="Bodies">By language code.</param>
    /// <param name="Picture">Null for none.</param>
    /// <param name="Alternatives">What the picture shows, by language code; empty when there is none.</param>
    public sealed record Request(string? Slug, IReadOnlyDictionary<string, string?> Titles, IReadOnlyDictionary<string, string?> Bodies, byte[]? Picture, IReadOnlyDictionary<string, string?> Alternatives);

    public async Task<Result<PublicNewsItem>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.PublishNews, cancel) is { } forbidden) return forbidden;
        string slug = (request.Slug ?? "").Trim();
        if (slug.Length is < 3 or > SlugCharsMax || !slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) return NewsRefusals.Slug;
        if (WhyNot(request) is { } incomplete) return incomplete;
        byte[] clean = [];
        string mediaType = "";
        if (request.Picture is { } sent)
        {
            if (sent.Length <= CleanPicture.BytesMax && await uploads.CheckAsync(sent, "news", caller.Actor, cancel) is { } infected) return infected;
            if (!CleanPicture.TryRead(sent, out mediaType, out clean)) return NewsRefusals.PictureUnreadable;
        }

        if (shelf.Shown.Any(n => n.Slug == slug)) return NewsRefusals.SlugTaken;
        if (shelf.Shown.Count >= ItemsMax) return NewsRefusals.TooMany;

        var item = new PublicNewsItem { Slug = slug, PublishedAt = clock.GetUtcNow(), Titles = Trimmed(request.Titles), Bodies = Trimmed(request.Bodies), Alternatives = request.Picture is null ? null : Trimmed(request.Alternatives) };
        shelf.Put(item, request.Picture is null ? null : new PublicPicture(slug, mediaType, clean));
        journal.Record(caller.Actor, "news.published", slug, details: new { picture = request.Picture is not null });
        await db.SaveChangesAsync(cancel); // the item and its journal entry: both or neither
        shelf.Show();
        return item;
    }

    private static Refusal? WhyNot(Request request)
    {
        bool isShown = request.Picture is not null;
        if (!isShown && request.Alternatives.Values.Any(a => !string.IsNullOrWhiteSpace(a))) return NewsRefusals.PictureMissing;
        foreach (string language in Languages.All.Select(l => l.Code))
        {
            if (isShown && string.IsNullOrWhiteSpace(request.Alternatives.GetValueOrDefault(language))) return NewsRefusals.AlternativeMissing($"alternative-{language}");
            if (request.Alternatives.GetValueOrDefault(language) is { Length: > AlternativeCharsMax }) return NewsRefusals.AlternativeTooLong($"alternative-{language}");
            string? title = request.Titles.GetValueOrDefault(language), body = request.Bodies.GetValueOrDefault(language);
            if (string.IsNullOrWhiteSpace(title)) return NewsRefusals.TextMissing($"title-{language}");
            if (string.IsNullOrWhiteSpace(body)) return NewsRefusals.TextMissing($"body-{language}");
            if (title.Length > TitleCharsMax) return NewsRefusals.TitleTooLong($"title-{language}");
            if (body.Length > BodyCharsMax) return NewsRefusals.TextTooLong($"body-{language}");
        }

        return null;
    }

    private static Dictionary<string, string> Trimmed(IReadOnlyDictionary<string, string?> texts) =>
        Languages.All.ToDictionary(l => l.Code, l => texts[l.Code]!.ReplaceLineEndings("\n").Trim(), StringComparer.Ordinal);
}
