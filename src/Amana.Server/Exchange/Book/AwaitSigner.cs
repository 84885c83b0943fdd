using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>The Secretariat said, by another way than this one, that its key is lost or stolen: its next directory may be offered with a key that nothing announced, for people to compare
/// in words. Without this such a directory is refused.</summary>
internal sealed class AwaitSigner(AmanaDb db, Gate gate, DirectoryTurn turn, DirectoryDesk desk, BureauBook book, JournalWriter journal, DirectorySignal signal, TimeProvider clock)
{
    /// <param name="Reason">Who said so, and how; 3 to 500 letters.</param>
    public sealed record Request(string? Reason);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        using var alone = await turn.TakeAsync(cancel);
        if (await db.Directories.SingleOrDefaultAsync(d => d.Number == HeldDirectory.GoneBy, cancel) is not { } held || book.Pinned is null) return ExchangeRefusals.NoDirectory;
        if (desk.IsSecretariat) return ExchangeRefusals.Ourselves;
        if (WrittenReason.Of(request.Reason) is not { } reason) return ExchangeRefusals.Reason;
        held.SignerAwaitedAt = clock.GetUtcNow();
        journal.Record(caller.Actor, "directory.signer-awaited", held.SignerName, details: new { reason });
        await db.SaveChangesAsync(cancel);
        signal.Ring();
        return null;
    }
}
