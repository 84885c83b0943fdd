using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Amana.Server.Data;

/// <summary>Marks rows that are only ever added. The context refuses to change or delete them.</summary>
/// <remarks>The table carries triggers as well (<see cref="Foundation.IModule.GuardedTables"/>), so that a statement
/// that goes round the context is refused too.</remarks>
public interface IAppendOnly;

internal sealed class AppendOnly : SaveChangesInterceptor
{
    public static readonly AppendOnly Instance = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Check(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    private static void Check(DbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries<IAppendOnly>())
        {
            if (entry.State is EntityState.Modified or EntityState.Deleted)
            {
                throw new InvalidOperationException($"{entry.Metadata.DisplayName()} is append-only.");
            }
        }
    }
}
