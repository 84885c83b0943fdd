using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>A token opens nothing from now on. Ending one twice changes nothing.</summary>
internal sealed class EndToken(AmanaDb db, Gate gate, KnownTokens known, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(Id<ApiToken> Token);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageTokens, cancel) is { } forbidden) return forbidden;
        var token = await db.Set<ApiToken>().SingleOrDefaultAsync(t => t.Id == request.Token, cancel);
        if (token is null) return AccessRefusals.TokenNotFound;
        if (token.EndedAt is not null) return null;

        token.EndedAt = clock.GetUtcNow();
        journal.Record(caller.Actor, "token.ended", token.Id);
        await db.SaveChangesAsync(cancel);
        known.Forget(token);
        return null;
    }
}
