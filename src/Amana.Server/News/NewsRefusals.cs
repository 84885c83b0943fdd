using Amana.Server.Foundation;

namespace Amana.Server.News;

internal static class NewsRefusals
{
    public static Refusal TextMissing(string field) => new(RefusalKind.Incomplete, "news.text-missing", "An item needs its title and text in all four languages.", Field: field);
    public static Refusal TitleTooLong(string field) => new(RefusalKind.Invalid, "news.title-too-long", "A title has at most 160 characters.", Field: field);
    public static Refusal TextTooLong(string field) => new(RefusalKind.Invalid, "news.text-too-long", "A text has at most 20,000 characters.", Field: field);
    public static Refusal AlternativeMissing(string field) => new(RefusalKind.Incomplete, "news.alternative-missing", "Say in all four languages what the picture shows, for who does not see it.", Field: field);
    public static Refusal AlternativeTooLong(string field) => new(RefusalKind.Invalid, "news.alternative-too-long", "What a picture shows is said in at most 250 characters.", Field: field);
    public static readonly Refusal PictureMissing = new(RefusalKind.Incomplete, "news.picture-missing", "What a picture shows is written, and no picture came with it; choose it again.", Field: "picture");
    public static readonly Refusal PictureUnreadable = new(RefusalKind.Invalid, "news.picture-unreadable", "A picture is a JPEG or PNG file of at most 4 MiB and 6,000 by 6,000 points.", Field: "picture");
    public static readonly Refusal Slug = new(RefusalKind.Invalid, "news.slug", "The word of the address is 3 to 80 small letters a to z, digits and hyphens.", Field: "slug");
    public static readonly Refusal SlugTaken = new(RefusalKind.Conflict, "news.slug-taken", "There is an item at this address already.", Field: "slug");
    public static readonly Refusal TooMany = new(RefusalKind.Conflict, "news.too-many", "At most 1,000 items are up; take an old one down first.");
    public static readonly Refusal Unknown = new(RefusalKind.NotFound, "news.unknown", "There is no such item.");
}
