using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>The key that signs the directory, and what is said of another.</summary>
internal sealed class ReadSigner(AmanaDb db, Gate gate, BureauBook book, DirectoryDesk desk)
{
    /// <summary>Another key, of which a second person has yet to say anything.</summary>
    /// <param name="IsOwn">Who reads this proposed it.</param>
    public sealed record ProposalView(string Name, string Words, bool IsLost, string Reason, bool IsOwn, DateTimeOffset At);

    /// <param name="Name">Null: there is no directory.</param>
    /// <param name="AwaitedAt">Since when people here wait for a key of the Secretariat that nothing announces; null: they do not.</param>
    public sealed record View(bool IsSecretariat, string? Name, string? Words, ProposalView? Proposal, DateTimeOffset? AwaitedAt);

    public async Task<Result<View>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadBureaus, cancel) is { } forbidden) return forbidden;
        var signer = book.Pinned?.Signer;
        var proposal = await db.SignerProposals.AsNoTracking().SingleOrDefaultAsync(cancel);
        return new View(desk.IsSecretariat, signer?.Name, signer is null ? null : KeyWords.Of(signer.Key.Span),
            proposal is null ? null : new(proposal.KeyName, KeyWords.Of(proposal.Public), proposal.IsLost, proposal.Reason, proposal.ProposedBy == caller.Actor.ToString(), proposal.ProposedAt),
            await db.Directories.Where(d => d.Number == HeldDirectory.GoneBy).Select(d => d.SignerAwaitedAt).SingleOrDefaultAsync(cancel));
    }
}
