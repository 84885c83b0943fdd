using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Data;

internal static class Saving
{
    /// <summary>Saves, unless another act changed or added the same at the same moment.</summary>
    /// <returns>Null when saved, otherwise <paramref name="meanwhile"/>.</returns>
    public static async Task<Refusal?> SaveOrRefuseAsync(this AmanaDb db, IDatabaseEngine engine, Refusal meanwhile, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateException failed) when (engine.FaultOf(failed) is DatabaseFault.Meanwhile or DatabaseFault.Twice)
        {
            return meanwhile;
        }
    }
}
