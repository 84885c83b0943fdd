using Amana.Server.Access;
using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Threads can be for some units and people only.</summary>
internal sealed class ThreadKind(AmanaDb db) : IRestrictableKind
{
    public string? Read(string reference) => ThreadReference.TryRead(reference, out string? known) ? known : null;

    public async Task<bool> ExistsAsync(string reference, Caller caller, CancellationToken cancel) => caller.Has(Right.ReadMessages) && await db.CaseThreads.AnyAsync(t => t.Reference == reference, cancel);

    public string AddressOf(string reference) => $"/messages/{reference}";
}
