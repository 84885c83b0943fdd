using System.Text.Json;
using Amana.Sealing.Notes;
using Amana.Server.Data;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>A bureau of the directory shows a checkpoint of its journal. The first time it only asks: people here agree before anything is signed. One journal each: a bureau that comes with
/// another one has begun anew, and people should know why.</summary>
internal sealed class SeeBureauCheckpoint(AmanaDb db, RequestDoor door, SeeCheckpoint see, WitnessKeys keys, JournalWriter journal, IDatabaseEngine engine, TimeProvider clock)
{
    private const int BytesMost = (CheckpointRequest.BytesMost * 4 / 3) + 2_000;

    /// <returns>With which key this server co-signs, signed by our bureau.</returns>
    public async Task<Result<string>> KeyAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!(await door.CheckAsync(request, default, cancel)).Succeeded(out _, out var refusal)) return refusal;
        return door.Sign(JsonSerializer.SerializeToUtf8Bytes(new BureauWitnessLine.KeyBody(keys.Signer.Verifier.ToString()), JsonRules.Options));
    }

    public async Task<Result<SeeCheckpoint.Seen>> RunAsync(HttpRequest request, CancellationToken cancel)
    {
        if (await RequestDoor.ReadAsync(request, BytesMost, cancel) is not { } bytes) return WitnessRefusals.Unreadable;
        if (!(await door.CheckAsync(request, bytes, cancel)).Succeeded(out var from, out var refusal)) return refusal;
        if (BureauWitnessLine.Read<BureauWitnessLine.CheckpointBody>(bytes) is not { Key: { } text, Request: { } sent } || !CheckpointRequest.TryParse(sent, out var shown)
            || !NoteKey.TryParse(text, out var key) || key!.Algorithm is not NoteAlgorithm.Ed25519) return await door.RefuseAsync(from.Value, WitnessRefusals.Unreadable, cancel);
        string bureau = from.Value;
        if (await db.Set<WitnessedLog>().AsNoTracking().SingleOrDefaultAsync(l => l.Bureau == bureau, cancel) is not { } log) return await AskedAsync(bureau, key, cancel);
        if (log.Key != key.ToString()) return await door.RefuseAsync(bureau, WitnessRefusals.AnotherJournal, cancel);
        if (log.AgreedAt is null) return WitnessRefusals.NotAgreed;
        if (Checkpoint.TryParse(shown!.Note.Text, out var checkpoint) && checkpoint!.Origin != log.Origin) return await door.RefuseAsync(bureau, WitnessRefusals.AnotherJournal, cancel);
        return await see.RunAsync(shown, cancel);
    }

    private async Task<Refusal> AskedAsync(string bureau, NoteKey key, CancellationToken cancel)
    {
        // Entered by hand already, for this bureau or another: people sort that out.
        if (await db.Set<WitnessedLog>().AnyAsync(l => l.Origin == key.Name, cancel)) return await door.RefuseAsync(bureau, WitnessRefusals.Twice, cancel);
        if (await db.Set<WitnessedLog>().CountAsync(cancel) >= AddWitnessedLog.Most) return WitnessRefusals.TooMany;
        db.Add(new WitnessedLog { Origin = key.Name, Key = key.ToString(), Name = bureau, Bureau = bureau, AddedAt = clock.GetUtcNow() });
        journal.Record(Actor.Server, "witnessed-log.asked", key.Name, details: new { bureau, key = key.ToString() });
        return await db.SaveOrRefuseAsync(engine, WitnessRefusals.NotAgreed, cancel) ?? WitnessRefusals.NotAgreed;
    }
}
