using Amana.Server.Data;

namespace Amana.Server.Exchange.Post;

/// <summary>Sends what waits, to each bureau on its own so that one that does not answer slows no other.</summary>
internal sealed class SendLetters(PostRoom room, PostStore store, PostSignal signal, ILogger<SendLetters> log) : TimedWork(Each, TimeProvider.System, log, atOnce: true, signal)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1), TidyEach = TimeSpan.FromHours(24);

    private long _lookedAt, _tidiedAt;

    // What could not be noted stays waiting and is sent again; the other bureau knows it.
    protected override async Task RoundAsync(CancellationToken cancel)
    {
        if (room.Office is not { } office) return;
        // What was rung for goes at once; what has waited long enough is looked for each second.
        foreach (var queue in office.SendTo(signal.Take(), cancel)) GoesOn(queue, cancel);
        if (_lookedAt != 0 && Clock.GetElapsedTime(_lookedAt) < Each) return;
        foreach (var queue in await office.SendDueAsync(cancel)) GoesOn(queue, cancel);
        _lookedAt = Clock.GetTimestamp();
        if (_tidiedAt != 0 && Clock.GetElapsedTime(_tidiedAt) < TidyEach) return;
        _tidiedAt = Clock.GetTimestamp();
        GoesOn(store.DropNeedlessAsync(cancel), cancel);
    }
}
