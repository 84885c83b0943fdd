using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>All tokens, newest first, without their secrets.</summary>
public sealed class ReadTokens(AmanaDb db, Gate gate)
{
    public const int Most = 1000;

    /// <param name="Ending">The last four letters of the secret.</param>
    /// <param name="MadeBy">As in the journal: <c>person:…</c>, or <c>server:server</c> for the command line.</param>
    public sealed record TokenView(
        Id<ApiToken> Id, string Name, string Ending, IReadOnlyList<Right> Rights, string Purpose, bool MustExchange, DateTimeOffset MadeAt, string MadeBy,
        DateTimeOffset? ExpiresAt, DateTimeOffset? EndedAt, DateTimeOffset? LastUsedAt);

    /// <param name="Name">What it is for.</param>
    public sealed record EndingToken(string Name, DateTimeOffset EndsAt);

    /// <summary>Tokens that open something now and end within that time, the next first. For the page Health, whose right is asked there.</summary>
    public async Task<IReadOnlyList<EndingToken>> EndingAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
        await db.Set<ApiToken>().Where(t => t.EndedAt == null && t.ExpiresAt > from && t.ExpiresAt <= until)
            .OrderBy(t => t.ExpiresAt).Take(20).Select(t => new EndingToken(t.Name, t.ExpiresAt!.Value)).ToListAsync(cancel);

    public async Task<Result<IReadOnlyList<TokenView>>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadPeople, cancel) is { } forbidden) return forbidden;
        var tokens = await db.Set<ApiToken>().AsNoTracking().OrderByDescending(t => t.MadeAt).Take(Most).ToListAsync(cancel);
        return tokens.ConvertAll(t => new TokenView(
            t.Id, t.Name, t.Ending, [.. t.RightList], t.Purpose, t.MustExchange, t.MadeAt, t.MadeBy, t.ExpiresAt, t.EndedAt, t.LastUsedAt));
    }
}
