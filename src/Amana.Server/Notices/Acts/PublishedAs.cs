using Amana.Server.Access;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Which notice the public knows under an id, for who may see the notice.</summary>
public sealed class PublishedAs(AmanaDb db)
{
    /// <param name="publicId">Such as <c>2026/123</c>.</param>
    /// <returns>The reference; null when there is none that the caller may see.</returns>
    public Task<string?> ReferenceOfAsync(string publicId, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return db.Notices.AsNoTracking().VisibleTo(caller).Where(n => n.PublicId == publicId).Select(n => n.Reference).FirstOrDefaultAsync(cancel);
    }
}
