using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;

namespace Amana.Server.Access;

/// <summary>Changes the master key and the data key. What was sealed before stays readable.</summary>
internal sealed class RotateKeys(AmanaDb db, Gate gate, JournalWriter journal, KeyRotation rotation)
{
    public async Task<Result<KeyRotation.Changed>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageKeys, cancel) is { } forbidden) return forbidden;
        var changed = rotation.Change();
        journal.Record(caller.Actor, "keys.rotated", details: changed);
        await db.SaveChangesAsync(cancel);
        return changed;
    }
}
