using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

/// <summary>Bureaus that write to each other, with a clock, a network, disks and chance of our own: one thread, one seed, one course of events.</summary>
internal sealed class World
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly PriorityQueue<Action, (long Tick, long Order)> _events = new();
    private readonly HashSet<BureauCode> _behind;
    private long _order;
    private ulong _trace = 14695981039346656037;

    /// <param name="behind">How many of the bureaus, the last ones, others reach by way of a relay.</param>
    public World(int seed, int bureaus, Func<SimNode, SimDisk>? disk = null, int behind = 0)
    {
        Chance = new Random(seed);
        Nodes = [.. Enumerable.Range(0, bureaus).Select(i => new SimNode(this, BureauCode.Of("UT" + (char)('A' + (i / 26)) + (char)('A' + (i % 26))), disk))];
        if (behind > 0) Relay = new SimRelay(this);
        _behind = [.. Nodes.TakeLast(behind).Select(n => n.Bureau)];
    }

    public Random Chance { get; }
    public DateTimeOffset Now { get; private set; } = Begin;
    public IReadOnlyList<SimNode> Nodes { get; }
    public SimRelay? Relay { get; }
    /// <summary>Bureaus, and the relay if there is one.</summary>
    public IEnumerable<SimServer> Servers => Relay is null ? Nodes : [.. Nodes, Relay];

    /// <summary>What was promised to a person: letter, from, to, in the order of the promises.</summary>
    public List<(Guid Letter, BureauCode From, BureauCode To)> Promised { get; } = [];

    /// <summary>Share of packets that are lost, and that come twice.</summary>
    public double Loss { get; set; }
    public double Doubled { get; set; }
    /// <summary>Pairs between which nothing goes, from the first to the second.</summary>
    public HashSet<(BureauCode, BureauCode)> Cut { get; } = [];

    /// <summary>A number that two runs of one seed have in common and hardly any other two.</summary>
    public ulong Trace => _trace;

    public void Note(string what)
    {
        foreach (char c in what) _trace = (_trace ^ c) * 1099511628211;
        _trace = (_trace ^ (ulong)Now.Ticks) * 1099511628211;
    }

    public void At(DateTimeOffset when, Action what) => _events.Enqueue(what, ((when > Now ? when : Now).Ticks, _order++));

    public void In(TimeSpan wait, Action what) => At(Now + wait, what);

    public void RunUntil(DateTimeOffset end)
    {
        while (_events.TryPeek(out _, out var next) && next.Tick <= end.Ticks)
        {
            var what = _events.Dequeue();
            Now = new DateTimeOffset(next.Tick, TimeSpan.Zero);
            what();
        }

        Now = end;
    }

    public SimNode NodeOf(BureauCode bureau) => Nodes.Single(n => n.Bureau == bureau);

    public Guid NewId()
    {
        byte[] bytes = new byte[16];
        Chance.NextBytes(bytes);
        return new Guid(bytes);
    }

    public TimeSpan Delay() => TimeSpan.FromMilliseconds(5 + (Chance.NextDouble() < 0.1 ? Chance.Next(2_000) : Chance.Next(60)));

    /// <summary>Brings an envelope to that bureau, or to its relay.</summary>
    public Task<IReadOnlyList<Post.LineAnswer>> SendAsync(SimNode from, BureauCode to, IReadOnlyList<byte[]> envelopes) => _behind.Contains(to)
        ? CarryAsync(from, Relay!, answer => Relay!.PassOn(from.Bureau, to, envelopes[0], answer))
        : CarryAsync(from, NodeOf(to), answer => NodeOf(to).Receive(envelopes, answer));

    /// <summary>A request and its answer, each of which may be lost, late or doubled.</summary>
    public Task<IReadOnlyList<Post.LineAnswer>> CarryAsync(SimServer from, SimServer to, Action<Action<IReadOnlyList<Post.LineAnswer>>> there)
    {
        var answer = new TaskCompletionSource<IReadOnlyList<Post.LineAnswer>>();
        int life = from.Life;
        In(Timeout, () => Settle([Post.LineAnswer.Away]));
        for (int copies = Chance.NextDouble() < Doubled ? 2 : 1; copies > 0; copies--)
        {
            if (IsLost(from.Bureau, to.Bureau)) continue;
            In(Delay(), () => there(back =>
            {
                if (!IsLost(to.Bureau, from.Bureau)) In(Delay(), () => Settle(back));
            }));
        }

        return answer.Task;

        void Settle(IReadOnlyList<Post.LineAnswer> with)
        {
            if (from.Life == life) answer.TrySetResult(with); // the continuation runs here and now, on this thread
        }
    }

    private bool IsLost(BureauCode from, BureauCode to) => Cut.Contains((from, to)) || Chance.NextDouble() < Loss;
}

/// <summary>A secret-less seal: who may read and who wrote is checked as in the real one, by looking.</summary>
internal sealed class SimSeal(BureauCode self) : Post.IPostSeal
{
    public (Letter? Letter, string Signed, string? Refusal) Open(byte[] envelope) => Letter.Read(envelope) is not { } letter ? (null, "", "unreadable")
        : letter.To.Contains(self) ? (letter, System.Text.Encoding.UTF8.GetString(envelope), null) : (null, "", "address");

    public string SignReceipt(Guid letter, BureauCode from, DateTimeOffset at) => $"{letter} of {from} stored by {self}";

    public bool IsReceipt(string receipt, Guid letter, BureauCode by) => receipt.StartsWith(letter.ToString(), StringComparison.Ordinal) && receipt.EndsWith($"stored by {by}", StringComparison.Ordinal);
}
