using System.Text;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

/// <summary>One bureau: a disk that stays, and a post office that is gone after a crash.</summary>
internal sealed class SimNode : IPostLine
{
    private readonly World _world;
    private PostOffice? _post;
    private DateTimeOffset? _wakesAt;

    public SimNode(World world, BureauCode bureau, Func<SimNode, SimDisk>? disk)
    {
        (_world, Bureau) = (world, bureau);
        Disk = disk?.Invoke(this) ?? new SimDisk(this);
        Clock = new SkewedClock(world);
        Start();
    }

    public BureauCode Bureau { get; }
    public SimDisk Disk { get; }
    public SkewedClock Clock { get; }
    /// <summary>Counts crashes: answers to an earlier life reach nobody.</summary>
    public int Life { get; private set; }
    /// <summary>Chance of a crash at each write.</summary>
    public double Crashes { get; set; }

    internal sealed class SkewedClock(World world) : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override DateTimeOffset GetUtcNow() => world.Now + Off;
    }

    public bool MayCrash() => Crashes > 0 && _world.Chance.NextDouble() < Crashes;

    public Task<LineAnswer> DeliverAsync(BureauCode peer, byte[] envelope, CancellationToken cancel) => _world.CarryAsync(this, peer, envelope);

    /// <summary>A person writes; what is promised is kept.</summary>
    public void Write(IReadOnlyList<BureauCode> to, string body)
    {
        if (_post is null) return;
        var letter = new Letter(_world.NewId(), Bureau, to, _world.Now, "message", Encoding.UTF8.GetBytes($"\"{body}\""));
        Guarded(async () =>
        {
            await Disk.QueueAsync(letter.Id, letter.ToBytes(), to, Clock.GetUtcNow(), default);
            foreach (var peer in to) _world.Promised.Add((letter.Id, Bureau, peer));
            Wake(TimeSpan.Zero);
        });
    }

    public void Receive(byte[] envelope, Action<LineAnswer> answer)
    {
        if (_post is not { } post) return;
        Guarded(async () =>
        {
            var taken = await post.ReceiveAsync(envelope, null, default);
            _world.Note($"{Bureau} {taken}");
            answer(taken);
            Wake(TimeSpan.Zero); // who was heard of may be due now
        }, () => answer(LineAnswer.Away)); // 503: come again
    }

    public void Crash()
    {
        if (_post is null) return;
        _world.Note($"{Bureau} crashes");
        Life++;
        (_post, _wakesAt) = (null, null);
        _world.In(TimeSpan.FromSeconds(1 + _world.Chance.Next(40)), Start);
    }

    private void Start()
    {
        if (_post is not null) return;
        _post = new PostOffice(Bureau, Disk, this, new SimSeal(Bureau), Clock.GetUtcNow, _world.Chance.NextDouble);
        Wake(TimeSpan.Zero);
    }

    private void Wake(TimeSpan wait)
    {
        var at = _world.Now + wait;
        if (_wakesAt <= at) return;
        (_wakesAt, int life) = (at, Life);
        _world.At(at, () =>
        {
            if (Life != life || _wakesAt != at) return;
            _wakesAt = null;
            Work();
        });
    }

    private void Work()
    {
        if (_post is not { } post) return;
        Guarded(async () =>
        {
            foreach (var queue in await post.SendDueAsync(default)) Guarded(async () =>
            {
                await queue;
                Wake(TimeSpan.Zero);
            });
            if (await post.NextAtAsync(default) is { } next) Wake(TimeSpan.FromTicks(Math.Clamp((next - Clock.GetUtcNow()).Ticks, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerHour)));
        });
    }

    // All tasks of the simulation end on this thread, so nothing is lost by not waiting for them.
    private async void Guarded(Func<Task> what, Action? failed = null)
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
}
