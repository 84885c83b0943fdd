using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>At the Secretariat: one person proposes another key for the directory. It is made at once, so that its words can be read; nothing is signed with it yet.</summary>
internal sealed class ProposeSigner(AmanaDb db, Gate gate, DirectoryTurn turn, DirectoryDesk desk, BureauBook book, JournalWriter journal, TimeProvider clock)
{
    /// <param name="IsLost">The present key is lost or stolen: then it announces nothing, and every bureau compares the words of the new one.</param>
    /// <param name="Reason">3 to 500 letters.</param>
    public sealed record Request(bool IsLost, string? Reason);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        if (Gate.CheckPerson(caller) is { } machine) return machine;
        using var alone = await turn.TakeAsync(cancel);
        if (book.Pinned is null) return ExchangeRefusals.NoDirectory;
        if (!desk.IsSecretariat) return ExchangeRefusals.NotSecretariat;
        if (WrittenReason.Of(request.Reason) is not { } reason) return ExchangeRefusals.Reason;
        if (await db.SignerProposals.AnyAsync(cancel)) return ExchangeRefusals.ProposalThere;
        var key = desk.NextSigner();
        db.Add(new SignerProposal { KeyName = key.Name, Public = key.Key.ToArray(), IsLost = request.IsLost, Reason = reason, ProposedBy = caller.Actor.ToString(), ProposedAt = clock.GetUtcNow() });
        journal.Record(caller.Actor, "directory.signer-proposed", key.Name, details: new { request.IsLost, reason, words = KeyWords.Of(key.Key.Span) });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
