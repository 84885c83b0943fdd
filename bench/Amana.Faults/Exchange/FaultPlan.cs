namespace Amana.Faults.Exchange;

/// <summary>What happens to one request.</summary>
/// <param name="LostBefore">It does not reach the other side.</param>
/// <param name="LostAfter">It does, and the answer does not come back.</param>
/// <param name="Doubled">It reaches the other side twice, at the same moment.</param>
/// <param name="SecondAnswers">And the sender gets the answer to the second.</param>
internal sealed record RequestFault(bool LostBefore, bool LostAfter, bool Doubled, bool SecondAnswers, TimeSpan Delay)
{
    public static RequestFault None { get; } = new(false, false, false, false, TimeSpan.Zero);
}

/// <summary>How the ways between bureaus are: what is lost, doubled and late by chance, and which are cut. Seeded.</summary>
internal sealed class FaultPlan(int seed)
{
    private const double Lost = 0.20, Twice = 0.20, Late = 0.30;
    private static readonly TimeSpan LatestBy = TimeSpan.FromSeconds(2);

    private readonly Lock _drawing = new();
    private readonly Random _chance = new(seed);
    private readonly HashSet<(string From, string To)> _cut = [];
    private bool _healed = true;

    public int Requests { get; private set; }
    public int LostOnes { get; private set; }
    public int DoubledOnes { get; private set; }

    public void Begin()
    {
        lock (_drawing) _healed = false;
    }

    public void Heal()
    {
        lock (_drawing)
        {
            _healed = true;
            _cut.Clear();
        }
    }

    public void Cut(params IEnumerable<(string From, string To)> ways)
    {
        lock (_drawing) _cut.UnionWith(ways);
    }

    public void Join()
    {
        lock (_drawing) _cut.Clear();
    }

    public RequestFault Next(string from, string to)
    {
        lock (_drawing)
        {
            Requests++;
            if (_healed) return RequestFault.None;
            double lost = _chance.NextDouble(), twice = _chance.NextDouble(), late = _chance.NextDouble(), by = _chance.NextDouble();
            bool second = _chance.Next(2) == 0;
            // A way is cut for what is asked; an answer comes back on the way of its question.
            if (_cut.Contains((from, to)))
            {
                LostOnes++;
                return RequestFault.None with { LostBefore = true, Delay = late < Late ? LatestBy * by : TimeSpan.Zero };
            }

            var fault = new RequestFault(lost < Lost / 2, lost is >= Lost / 2 and < Lost, twice < Twice, second, late < Late ? LatestBy * by : TimeSpan.Zero);
            if (lost < Lost) LostOnes++;
            if (fault is { Doubled: true, LostBefore: false }) DoubledOnes++;
            return fault;
        }
    }
}
