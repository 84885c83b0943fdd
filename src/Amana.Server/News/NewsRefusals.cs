using Amana.Server.Foundation;

namespace Amana.Server.News;

internal static class NewsRefusals
{
    public static Refusal TextMissing(string field) => new(RefusalKind.Incomplete, "news.text-missing", "An item needs its title and text in all four languages.", Field: field);
    public static Refusal TitleTooLong(string field) => new(RefusalKind.Invalid, "news.title-too-long", "A title has at most 160 characters.", Field: field);
    public static Refusal TextTooLong(string field) => new(RefusalKind.Invalid, "news.text-too-long", "A text has at most 20,000 characters.", Field: field);
    public static readonly Refusal Slug = new(RefusalKind.Invalid, "news.slug", "The word of the address is 3 to 80 small letters a to z, digits and hyphens.", Field: "slug");
    public static readonly Refusal SlugTaken = new(RefusalKind.Conflict, "news.slug-taken", "There is an item at this address already.", Field: "slug");
    public static readonly Refusal TooMany = new(RefusalKind.Conflict, "news.too-many", "At most 1,000 items are up; take an old one down first.");
    public static readonly Refusal Unknown = new(RefusalKind.NotFound, "news.unknown", "There is no such item.");
}
