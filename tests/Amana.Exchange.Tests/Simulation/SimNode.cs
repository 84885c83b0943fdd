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

    public override Task<IReadOnlyList<LineAnswer>> DeliverAsync(BureauCode peer, IReadOnlyList<byte[]> envelopes, CancellationToken cancel) => World.SendAsync(this, peer, envelopes);

    /// <summary>A person writes; what is promised is kept.</summary>
    public void Write(IReadOnlyList<BureauCode> to, string body)
    {
        if (_post is null) return;
        var letter = new Letter(World.NewId(), Bureau, to, World.Now, "message", Encoding.UTF8.GetBytes($"\"{body}\""));
        Guarded(async () =>
        {
            await Disk.QueueAsync(letter.Id, letter.ToBytes(), to, Clock.GetUtcNow(), default);
            foreach (var peer in to) World.Promised.Add((letter.Id, Bureau, peer));
            Send(_post?.SendTo(to, default) ?? []);
        });
    }

    public void Receive(IReadOnlyList<byte[]> envelopes, Action<IReadOnlyList<LineAnswer>> answer)
    {
        if (_post is not { } post) return;
        Guarded(async () =>
        {
            var taken = await post.ReceiveAsync(envelopes, null, default);
            foreach (var one in taken) World.Note($"{Bureau} {one}");
            answer(taken);
            Wake(TimeSpan.Zero); // who was heard of may be due now
        }, () => answer([LineAnswer.Away])); // 503: come again
    }

    protected override void Begin() => _post = new PostOffice(Bureau, Disk, this, new SimSeal(Bureau), Clock.GetUtcNow, World.Chance.NextDouble);

    protected override void Stop() => _post = null;

    protected override async Task WorkAsync()
    {
        if (_post is not { } post) return;
        Send(await post.SendDueAsync(default));
        if (await post.NextAtAsync(default) is not { } next) return;
        WakeAt(next);
        Wake(TimeSpan.FromSeconds(5)); // the server looks each second: its clock may have been put right
    }

    private void Send(IReadOnlyList<Task> queues)
    {
        foreach (var queue in queues) Guarded(async () =>
        {
            await queue;
            Wake(TimeSpan.Zero);
        });
    }
}
