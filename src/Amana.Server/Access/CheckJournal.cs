using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access;

/// <summary>Proves the whole journal: files against the signed checkpoint, rows against the files, contents against their rows.</summary>
internal sealed class CheckJournal(AmanaDb db, Gate gate, JournalWriter journal, JournalProof proof, IJournalWitnesses witnesses)
{
    public async Task<Result<JournalProof.Finding>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;
        var found = await proof.ProveAsync(cancel);
        journal.Record(caller.Actor, "journal.checked", details: new { found.Fault, found.FirstBad, found.Entry, found.Entries, found.Erased });
        await db.SaveChangesAsync(cancel);
        return found;
    }

    /// <summary>Which bureaus co-signed it, and how far each.</summary>
    public async Task<Result<IReadOnlyList<IJournalWitnesses.Cosigned>>> WitnessesAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;
        return (await witnesses.SignedAsync(cancel)).ToList();
    }

    /// <summary>How far the signed tree is; nothing is computed.</summary>
    public async Task<Result<JournalProof.Standing>> StandingAsync(Caller caller, CancellationToken cancel) =>
        await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden ? forbidden : proof.Now;
}
