using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Amana.Server.Web;

/// <summary>Letters of every script stand in a page as they are; only what is markup or invisible is encoded.</summary>
internal static class PageEncoder
{
    public static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
}
