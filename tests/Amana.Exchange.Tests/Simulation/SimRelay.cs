using System.Security.Cryptography;
using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

/// <summary>A relay: what it holds stays, what it knows of who is away is gone after a crash.</summary>
internal sealed class SimRelay : SimServer, IRelayStore
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<HeldEnvelope> _held = [];
    private AwayBook? _away;
    private RelayOffice? _office;

    public SimRelay(World world) : base(world, BureauCode.Of("QRL")) => Start();

    public IEnumerable<HeldEnvelope> Waiting => _held.Where(h => h.Answer is null);
    public int Passed => _held.Count(h => h.Answer is not null);
    /// <summary>How long a sender waited for an answer at most, on the relay's side.</summary>
    public TimeSpan LongestAnswer { get; private set; }
    /// <summary>For a test: waits as long when a sender comes as on its own.</summary>
    public bool IsPatient { get; set; }

    public override Task<IReadOnlyList<LineAnswer>> DeliverAsync(BureauCode peer, IReadOnlyList<byte[]> envelopes, CancellationToken cancel) =>
        World.CarryAsync(this, World.NodeOf(peer), answer => World.NodeOf(peer).Receive(envelopes, answer));

    /// <summary>What a bureau brings.</summary>
    public void PassOn(BureauCode from, BureauCode to, byte[] envelope, Action<IReadOnlyList<LineAnswer>> answer)
    {
        if (_office is not { } office) return;
        var came = World.Now;
        Guarded(async () =>
        {
            if (IsPatient && !_away!.IsDue(to))
            {
                await HoldAsync(from, to, envelope, default);
                answer([LineAnswer.Later(RelayOffice.Waits)]);
            }
            else
            {
                answer([await office.PassOnAsync(from, to, envelope, default)]);
                if (World.Now - came > LongestAnswer) LongestAnswer = World.Now - came;
            }

            Wake(TimeSpan.FromSeconds(1));
        }, () => answer([LineAnswer.Away]));
    }

    protected override void Begin()
    {
        _away = new AwayBook(Clock.GetUtcNow, World.Chance.NextDouble);
        _office = new RelayOffice(this, this, _away, EnoughAsync, default);
    }

    private Task EnoughAsync(CancellationToken cancel)
    {
        var enough = new TaskCompletionSource();
        World.In(Patience, () => enough.TrySetResult());
        return enough.Task;
    }

    protected override void Stop() => (_office, _away) = (null, null);

    // As in the server: looks each second, as long as something waits.
    protected override async Task WorkAsync()
    {
        if (_office is not { } office) return;
        foreach (var queue in await office.BringDueAsync(default)) Guarded(() => queue);
        if (Waiting.Any()) Wake(TimeSpan.FromSeconds(1));
    }

    public async Task<HeldEnvelope?> HoldAsync(BureauCode from, BureauCode to, byte[] envelope, CancellationToken cancel)
    {
        string hash = $"{to} {Convert.ToHexStringLower(SHA256.HashData(envelope))}";
        if (_held.Find(h => h.Hash == hash) is { } known) return known;
        var held = new HeldEnvelope(hash, from, to, envelope, null);
        await WriteDiskAsync(() => _held.Add(held));
        return held;
    }

    public Task<IReadOnlyList<BureauCode>> RecipientsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<BureauCode>>([.. Waiting.Select(h => h.To).Distinct()]);

    public Task<HeldEnvelope?> HeadAsync(BureauCode to, CancellationToken cancel) => Task.FromResult(Waiting.FirstOrDefault(h => h.To == to));

    public Task DoneAsync(string hash, LineAnswer answer, CancellationToken cancel) => WriteDiskAsync(() =>
    {
        int at = _held.FindIndex(h => h.Hash == hash);
        if (_held[at].Answer is null) _held[at] = _held[at] with { Envelope = null, Answer = answer };
    });
}
