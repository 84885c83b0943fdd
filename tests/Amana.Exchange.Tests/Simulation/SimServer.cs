using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

/// <summary>A server: what it has in memory is gone after a crash, and after a while it starts anew.</summary>
internal abstract class SimServer : IPostLine
{
    private DateTimeOffset? _wakesAt;
    private bool _isUp;

    protected SimServer(World world, BureauCode bureau) => (World, Bureau, Clock) = (world, bureau, new SkewedClock(world));

    public BureauCode Bureau { get; }
    public SkewedClock Clock { get; }
    /// <summary>Counts crashes: answers to an earlier life reach nobody.</summary>
    public int Life { get; private set; }
    /// <summary>Chance of a crash at each write.</summary>
    public double Crashes { get; set; }
    /// <summary>Writes fail.</summary>
    public bool IsFull { get; set; }

    protected World World { get; }

    internal sealed class SkewedClock(World world) : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override DateTimeOffset GetUtcNow() => world.Now + Off;
    }

    public abstract Task<IReadOnlyList<LineAnswer>> DeliverAsync(BureauCode peer, IReadOnlyList<byte[]> envelopes, CancellationToken cancel);

    /// <summary>A write to its disk, which may be the last before a crash, with or without having been done.</summary>
    public Task WriteDiskAsync(Action what)
    {
        if (IsFull) throw new IOException("The disk is full.");
        if (MayCrash()) throw new CrashException(); // before it was done
        what();
        if (MayCrash()) throw new CrashException(); // after it was done, before anybody knew
        return Task.CompletedTask;
    }

    public void Crash()
    {
        if (!_isUp) return;
        World.Note($"{Bureau} crashes");
        Life++;
        (_isUp, _wakesAt) = (false, null);
        Stop();
        World.In(TimeSpan.FromSeconds(1 + World.Chance.Next(40)), Start);
    }

    protected void Start()
    {
        if (_isUp) return;
        _isUp = true;
        Begin();
        Wake(TimeSpan.Zero);
    }

    /// <summary>Makes what is in memory, and lets it go.</summary>
    protected abstract void Begin();
    protected abstract void Stop();

    /// <summary>One round of its work; it says itself when the next is due.</summary>
    protected abstract Task WorkAsync();

    protected void Wake(TimeSpan wait)
    {
        var at = World.Now + wait;
        if (!_isUp || _wakesAt <= at) return;
        (_wakesAt, int life) = (at, Life);
        World.At(at, () =>
        {
            if (Life != life || _wakesAt != at) return;
            _wakesAt = null;
            Guarded(WorkAsync);
        });
    }

    protected void WakeAt(DateTimeOffset next) => Wake(TimeSpan.FromTicks(Math.Clamp((next - Clock.GetUtcNow()).Ticks, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerHour)));

    // All tasks of the simulation end on this thread, so nothing is lost by not waiting for them.
    protected async void Guarded(Func<Task> what, Action? failed = null)
    {
        int life = Life;
        try
        {
            await what();
        }
        catch (CrashException)
        {
            if (Life == life) Crash();
        }
        catch (IOException)
        {
            failed?.Invoke();
            if (Life == life) Wake(TimeSpan.FromSeconds(1));
        }
    }

    private bool MayCrash() => Crashes > 0 && World.Chance.NextDouble() < Crashes;
}
