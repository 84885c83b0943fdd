using Amana.Server.Access;
using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>A request that is not in force yet can be for some units and people only. What is in force is for all its recipients, and what
/// has ended for who may see its end.</summary>
internal sealed class NoticeKind(AmanaDb db) : IRestrictableKind
{
    public string? Read(string reference) => NoticeReference.TryParse(reference, null, out var known) ? known.ToString() : null;

    public Task<bool> ExistsAsync(string reference, Caller caller, CancellationToken cancel) => db.Notices.VisibleTo(caller).AnyAsync(n => n.Reference == reference
        && (n.State == NoticeState.Draft || n.State == NoticeState.InReview || n.State == NoticeState.InfoRequested || n.State == NoticeState.Approved || n.State == NoticeState.Refused), cancel);

    public string AddressOf(string reference) => $"/notices/{reference}";
}
