using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>At the Secretariat: a second person agrees to the key that was proposed, or anybody lets the proposal be. Agreed, the old key announces the new one in one version and the new
/// one signs the next; of a lost key nothing is asked, and bureaus compare the new one in words.</summary>
internal sealed class AnswerSigner(AmanaDb db, Gate gate, DirectoryTurn turn, DirectoryDesk desk, BureauBook book, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Agree">False: the proposal is withdrawn.</param>
    public sealed record Request(bool Agree);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        if (Gate.CheckPerson(caller) is { } machine) return machine;
        using var alone = await turn.TakeAsync(cancel);
        if (await db.SignerProposals.SingleOrDefaultAsync(cancel) is not { } proposal) return ExchangeRefusals.NoProposal;
        if (!request.Agree)
        {
            db.Remove(proposal);
            journal.Record(caller.Actor, "directory.signer-withdrawn", proposal.KeyName);
            await db.SaveChangesAsync(cancel);
            return null;
        }

        if (proposal.ProposedBy == caller.Actor.ToString()) return ExchangeRefusals.SecondPerson;
        if (book.Pinned is not { } before || !desk.IsSecretariat) return ExchangeRefusals.NotSecretariat;
        db.Remove(proposal);
        return proposal.IsLost ? await ReplaceAsync(before, proposal, caller, cancel) : await AnnounceAsync(proposal, caller, cancel);
    }

    private async Task<Refusal?> AnnounceAsync(SignerProposal proposal, Caller caller, CancellationToken cancel)
    {
        var announced = desk.Announce(proposal);
        db.Add(new SignerChange { Version = announced.Directory.Version, Form = announced.SignedForm, At = clock.GetUtcNow() });
        desk.Record(caller.Actor, announced, "directory.signer-announced", null, new { announced.Directory.Version, signer = proposal.KeyName, words = KeyWords.Of(proposal.Public) });
        if (await desk.GoByAsync(announced, cancel) is { } meanwhile) return meanwhile;
        // Signed by the new one. If the server stops in between, the next version, whatever it is for, is.
        var next = desk.Next(book.All);
        desk.Record(caller.Actor, next, "directory.signer-changed", null, new { next.Directory.Version, signer = next.Signer.Name });
        return await desk.GoByAsync(next, cancel);
    }

    private async Task<Refusal?> ReplaceAsync(PinnedDirectory before, SignerProposal proposal, Caller caller, CancellationToken cancel)
    {
        var replaced = desk.Replace(proposal);
        db.RemoveRange(await db.SignerChanges.ToListAsync(cancel)); // the chain begins anew
        foreach (var other in await db.Correspondents.ToListAsync(cancel)) other.HasVersion = 0;
        desk.Record(caller.Actor, replaced, "directory.signer-replaced", null, new { replaced.Directory.Version, from = before.Signer.Name, signer = proposal.KeyName, words = KeyWords.Of(proposal.Public) });
        return await desk.GoByAsync(replaced, cancel);
    }
}
