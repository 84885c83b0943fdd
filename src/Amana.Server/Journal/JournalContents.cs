using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Journal;

/// <summary>Takes the personal part out of entries. The caller's rights and reason are asked by the act that does it.</summary>
public sealed class JournalContents(AmanaDb db)
{
    /// <summary>Marks the content for deletion; the caller's <c>SaveChangesAsync</c> does it, with the entry that says so.</summary>
    /// <returns>False when there is no such entry, or it has no content (any more).</returns>
    public async Task<bool> RemoveAsync(long number, CancellationToken cancel)
    {
        if (await db.Set<JournalContent>().SingleOrDefaultAsync(c => c.Number == number, cancel) is not { } content) return false;
        db.Remove(content);
        return true;
    }
}
