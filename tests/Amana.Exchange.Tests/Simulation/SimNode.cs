using System.Text;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

/// <summary>One bureau: a disk that stays, and a post office that is gone after a crash.</summary>
internal sealed class SimNode : SimServer
{
    private PostOffice? _post;

    public SimNode(World world, BureauCode bureau, Func<SimNode, SimDisk>? disk) : base(world, bureau)
    {
        Disk = disk?.Invoke(this) ?? new SimDisk(this);
        Start();
    }

    public SimDisk Disk { get; }

    public override Task<LineAnswer> DeliverAsync(BureauCode peer, byte[] envelope, CancellationToken cancel) => World.SendAsync(this, peer, envelope);

    /// <summary>A person writes; what is promised is kept.</summary>
    public void Write(IReadOnlyList<BureauCode> to, string body)
    {
        if (_post is null) return;
        var letter = new Letter(World.NewId(), Bureau, to, World.Now, "message", Encoding.UTF8.GetBytes($"\"{body}\""));
        Guarded(async () =>
        {
            await Disk.QueueAsync(letter.Id, letter.ToBytes(), to, Clock.GetUtcNow(), default);
            foreach (var peer in to) World.Promised.Add((letter.Id, Bureau, peer));
            Wake(TimeSpan.Zero);
        });
    }

    public void Receive(byte[] envelope, Action<LineAnswer> answer)
    {
        if (_post is not { } post) return;
        Guarded(async () =>
        {
            var taken = await post.ReceiveAsync(envelope, null, default);
            World.Note($"{Bureau} {taken}");
            answer(taken);
            Wake(TimeSpan.Zero); // who was heard of may be due now
        }, () => answer(LineAnswer.Away)); // 503: come again
    }

    protected override void Begin() => _post = new PostOffice(Bureau, Disk, this, new SimSeal(Bureau), Clock.GetUtcNow, World.Chance.NextDouble);

    protected override void Stop() => _post = null;

    protected override async Task WorkAsync()
    {
        if (_post is not { } post) return;
        foreach (var queue in await post.SendDueAsync(default)) Guarded(async () =>
        {
            await queue;
            Wake(TimeSpan.Zero);
        });
        if (await post.NextAtAsync(default) is { } next) WakeAt(next);
    }
}
