using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>All tokens, newest first, without their secrets.</summary>
internal sealed class ReadTokens(AmanaDb db, Gate gate)
{
    public const int Most = 1000;

    /// <param name="Ending">The last four letters of the secret.</param>
    /// <param name="MadeBy">As in the journal: <c>person:…</c>, or <c>server:server</c> for the command line.</param>
    public sealed record TokenView(
        Id<ApiToken> Id, string Name, string Ending, IReadOnlyList<Right> Rights, string Purpose, bool MustExchange, DateTimeOffset MadeAt, string MadeBy,
        DateTimeOffset? ExpiresAt, DateTimeOffset? EndedAt, DateTimeOffset? LastUsedAt);

    public async Task<Result<IReadOnlyList<TokenView>>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadPeople, cancel) is { } forbidden) return forbidden;
        var tokens = await db.Set<ApiToken>().AsNoTracking().OrderByDescending(t => t.MadeAt).Take(Most).ToListAsync(cancel);
        return tokens.ConvertAll(t => new TokenView(
            t.Id, t.Name, t.Ending, [.. t.RightList], t.Purpose, t.MustExchange, t.MadeAt, t.MadeBy, t.ExpiresAt, t.EndedAt, t.LastUsedAt));
    }
}
