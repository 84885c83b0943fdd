using Amana.Server.Access;
using Amana.Server.Web;

namespace Amana.Server.Watchlists;

/// <summary>A run's reference typed into the command box opens it; so does the name of a list.</summary>
internal sealed class RunsInPalette(ReadRuns readRuns, ListShelf shelf) : IPaletteSource
{
    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string query, Caller caller, Texts texts, CancellationToken cancel)
    {
        if (!caller.Has(Right.ReadLists)) return [];
        if (RunReference.TryParse(query, null, out var reference))
        {
            var result = await readRuns.RunAsync(new(Run: reference), caller, cancel);
            return result.Succeeded(out var page, out _)
                ? [new("run.runs", "cloud-download", page.Runs[0].Ref, page.Runs[0].Title, $"/admin/runs/{page.Runs[0].Ref}")]
                : [];
        }
        string text = query.Trim();
        return text.Length < 2 ? [] :
        [
            .. shelf.Current.VisibleTo(caller).Where(l => l.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || l.Title.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Take(PaletteItem.PerSourceMax).Select(l => new PaletteItem("source.sources", "cloud-download", l.Title, l.Name, $"/admin/sources/{l.Name}")),
        ];
    }
}
