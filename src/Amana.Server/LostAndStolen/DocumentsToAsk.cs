using System.Globalization;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>The numbers of lost and stolen documents in force, for blind questions: what this bureau answers with that way, compliance says there.</summary>
public sealed class DocumentsToAsk(AmanaDb db, TimeProvider clock)
{
    /// <summary>As the numbers are compared: capitals and digits.</summary>
    public sealed record Number(string Value, string? Issuer);

    /// <summary>Another text whenever a document was entered, withdrawn or deleted.</summary>
    public async Task<string> StampAsync(CancellationToken cancel)
    {
        var (count, last) = (await InForce().CountAsync(cancel), await db.ItemNumbers.MaxAsync(n => (long?)n.Key, cancel) ?? 0);
        return string.Create(CultureInfo.InvariantCulture, $"{count}/{last}");
    }

    /// <summary>One after the other, as they come from the database.</summary>
    public IAsyncEnumerable<Number> All() => InForce().OrderBy(n => n.Key).Select(n => new Number(n.Value, n.Issuer)).AsAsyncEnumerable();

    private IQueryable<ItemNumber> InForce()
    {
        var now = clock.GetUtcNow();
        return db.ItemNumbers.AsNoTracking().Where(n => n.Kind == ItemKind.Document && n.Of!.State == ItemState.InForce && n.Of.KeptUntil > now);
    }
}
