using Amana.Server.Data;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>For whom notices in force are: a notice for all but those its owner excludes, a diffusion for its recipients.
/// Source: domain.md 1.11; the same rule as <see cref="Notice.IsThereFor"/>.</summary>
internal sealed class NoticeAudience(IDbContextFactory<AmanaDb> databases) : IAudienceSource
{
    public string List => NoticeBoard.List;

    public IReadOnlyDictionary<string, RecordAudience> Read()
    {
        using var db = databases.CreateDbContext();
        var rows = db.Notices.AsNoTracking().Where(n => n.State == NoticeState.Published && (n.Excluded != "" || n.Form == NoticeForm.Diffusion))
            .Select(n => new { n.Reference, n.Bureau, n.Form, n.Recipients, n.Excluded }).ToList();
        return rows.ToDictionary(n => n.Reference, n => new RecordAudience(n.Bureau.Value, n.Form is NoticeForm.Diffusion ? Codes(n.Recipients) : null, Codes(n.Excluded)), StringComparer.Ordinal);
    }

    private static HashSet<string> Codes(string joined) => [.. joined.Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
