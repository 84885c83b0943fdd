using Amana.Server.Access;
using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Hits can be for some units and people only.</summary>
internal sealed class HitKind(AmanaDb db) : IRestrictableKind
{
    public string? Read(string reference) => Reference.TryRead(Reference.OfHit, reference, out string? known) ? known : null;

    public Task<bool> ExistsAsync(string reference, Caller caller, CancellationToken cancel) => db.Hits.VisibleTo(caller).AnyAsync(h => h.Reference == reference, cancel);

    public string AddressOf(string reference) => $"/hits/{reference}";
}
