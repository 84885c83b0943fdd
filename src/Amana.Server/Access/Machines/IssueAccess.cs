using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access.Machines;

/// <summary>A machine shows its own secret and gets the right to act for a quarter of an hour, as much of it as it asks for.</summary>
internal sealed class IssueAccess(AmanaDb db, KnownTokens tokens, JournalWriter journal)
{
    /// <param name="ClientId">Id of the <see cref="ApiToken"/>.</param>
    /// <param name="ClientSecret">Its secret.</param>
    /// <param name="Scopes">Words of <see cref="Right"/>; empty: all that the token has.</param>
    /// <param name="Network">From <see cref="SignInDelays.NetworkOf"/>.</param>
    public sealed record Request(string? ClientId, string? ClientSecret, IReadOnlyList<string> Scopes, string Network);

    public sealed record Access(string Client, IReadOnlyList<string> Scopes);

    public async Task<Result<Access>> RunAsync(Request request, CancellationToken cancel)
    {
        var found = request.ClientSecret is { Length: > 0 and <= 200 } secret ? await tokens.FindAsync(secret, cancel) : AccessRefusals.TokenUnknown;
        if (found.Succeeded(out var client, out var refusal) && client.Key != request.ClientId) refusal = AccessRefusals.ClientUnknown;
        if (refusal is not null || client is null)
        {
            journal.Record(Actor.Server, "sign-in.failed", details: new { step = "client", refusal?.Code }, content: new { request.Network });
            await db.SaveChangesAsync(cancel);
            return refusal is null || refusal == AccessRefusals.TokenUnknown ? AccessRefusals.ClientUnknown : refusal;
        }

        string[] mayAsk = [.. client.Rights.Order().Select(r => r.Word())];
        if (request.Scopes.FirstOrDefault(s => !mayAsk.Contains(s, StringComparer.Ordinal)) is { } beyond) return AccessRefusals.ScopeBeyond(beyond);
        string[] given = request.Scopes.Count == 0 ? mayAsk : [.. request.Scopes.Distinct(StringComparer.Ordinal)];
        journal.Record(new Actor(ActorKind.Token, client.Key), "access.issued", details: new { scopes = string.Join(' ', given) });
        await db.SaveChangesAsync(cancel);
        return new Access(client.Key, given);
    }
}
