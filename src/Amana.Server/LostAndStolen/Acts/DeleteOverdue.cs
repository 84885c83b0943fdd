using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>Deletes the records whose time is over, with their numbers, and the questions about them.</summary>
internal sealed class DeleteOverdue(AmanaDb db, JournalWriter journal, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteAsync(CancellationToken cancel)
    {
        int deleted = 0;
        while (true)
        {
            var now = clock.GetUtcNow();
            var over = await db.Items.Include(i => i.Numbers).Where(i => i.KeptUntil <= now).OrderBy(i => i.KeptUntil).Take(AtOnce).ToListAsync(cancel);
            if (over.Count == 0) return deleted;
            var ids = over.ConvertAll(i => i.Id);
            db.Items.RemoveRange(over);
            db.OwnerQuestions.RemoveRange(await db.OwnerQuestions.Where(q => ids.Contains(q.Item)).ToListAsync(cancel));
            journal.Record(Actor.Server, "items.deleted", null, details: new { count = over.Count, withdrawn = over.Count(i => i.State is ItemState.Withdrawn) }, content: new { references = over.ConvertAll(i => i.Reference) });
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
            deleted += over.Count;
        }
    }
}
