using Amana.Server.Access;
using Amana.Server.Web;

namespace Amana.Server.Watchlists;

/// <summary>The freshness of each list on the Desk, for those who may see lists.</summary>
internal sealed class SourcesOnDesk(ReadLists readLists) : IDeskSource
{
    public async Task<DeskPart> AtAsync(Caller caller, Texts texts, CancellationToken cancel)
    {
        if (!caller.Has(Right.ReadLists)) return new DeskPart();
        if (!(await readLists.RunAsync(null, caller, cancel)).Succeeded(out var lists, out _)) return new DeskPart();
        return new DeskPart
        {
            Sources = [.. lists.Select(l => new SourceHealth(l.Title, l.Freshness, l.UpdatedAt, $"/admin/sources/{l.Name}",
                l.Freshness is Freshness.Failing or Freshness.Waiting && l.LastRunState is { } state ? texts[$"run.state.{state.ToString().ToLowerInvariant()}"] : null))],
        };
    }
}
