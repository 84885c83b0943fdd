namespace Amana.Server.Web.Shell;

/// <summary>The numbers beside the entries of the rail, asked once a page.</summary>
internal sealed class MenuCounts(IEnumerable<IMenuCounter> counters)
{
    private Dictionary<string, MenuCount>? _counts;

    public async Task<IReadOnlyDictionary<string, MenuCount>> OfAsync(HttpContext http, CancellationToken cancel)
    {
        if (_counts is not null) return _counts;
        var counts = new Dictionary<string, MenuCount>(StringComparer.Ordinal);
        if (WebRequest.CallerOf(http) is { } caller)
        {
            var visible = Menu.For(caller).SelectMany(g => g.Entries).Select(e => e.Address).ToHashSet(StringComparer.Ordinal);
            foreach (var counter in counters.Where(c => visible.Contains(c.Address)))
                counts[counter.Address] = await counter.CountAsync(caller, cancel);
        }

        return _counts = counts;
    }
}
