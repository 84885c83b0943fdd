using System.Globalization;
using Amana.Server.Access;
using Amana.Server.Web.Shell;

namespace Amana.Server.Web;

/// <summary>"Go to": the entries of the reader's own rail, found by any part of their name.</summary>
internal sealed class PagesPalette : IPaletteSource
{
    public Task<IReadOnlyList<PaletteItem>> FindAsync(string query, Caller caller, Texts texts, CancellationToken cancel)
    {
        var compare = texts.Language.Culture.CompareInfo;
        IReadOnlyList<PaletteItem> found =
        [
            .. Menu.For(caller).SelectMany(g => g.Entries)
                .Where(e => compare.IndexOf(texts[e.Text], query, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0)
                .Take(PaletteItem.PerSourceMax)
                .Select(e => new PaletteItem("command.go", e.Icon, texts[e.Text], null, e.Address)),
        ];
        return Task.FromResult(found);
    }
}
