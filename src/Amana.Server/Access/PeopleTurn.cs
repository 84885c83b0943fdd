using Amana.Server.Data;
using Microsoft.EntityFrameworkCore.Storage;

namespace Amana.Server.Access;

/// <summary>Acts that count people or their keys and then decide, such as "not the last administrator", take turns, also across two
/// processes on one database: what was counted still holds when it is saved.</summary>
internal sealed class PeopleTurn(AmanaDb db, IDatabaseEngine engine)
{
    /// <returns>The transaction of the act: what decides is read inside of it, and the act commits it. Disposed of, nothing has happened.</returns>
    public async Task<IDbContextTransaction> TakeAsync(CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            await engine.TakeTurnAsync(db, "people", cancel);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
