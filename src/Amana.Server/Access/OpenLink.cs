using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Looks behind a one-time link without using it up, for the page that it opens.</summary>
internal sealed class OpenLink(AmanaDb db, OneTimeLinks links)
{
    public sealed record Request(string? Key, LinkKind Kind);

    /// <param name="UserName">Null for the set-up: nobody is there yet.</param>
    public sealed record LinkView(DateTimeOffset ExpiresAt, string? UserName, string? DisplayName);

    public async Task<Result<LinkView>> RunAsync(Request request, CancellationToken cancel)
    {
        if (await links.FindAsync(request.Key, request.Kind, cancel) is not { } link) return AccessRefusals.LinkOver;
        var person = link.PersonId is null ? null : await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == link.PersonId, cancel);
        if (link.PersonId is not null && person?.ClosedAt is not null) return AccessRefusals.LinkOver;
        return new LinkView(link.ExpiresAt, person?.UserName, person?.DisplayName);
    }
}
