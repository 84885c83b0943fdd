using Amana.Exchange.Envelopes;
using System.Globalization;
using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

/// <summary>Whatever happens on the way: what was promised arrives, once, in order, and nowhere else. <c>AMANA_SEEDS=10000</c> runs more.</summary>
public class DeliveryTests
{
    private static readonly TimeSpan Trouble = TimeSpan.FromMinutes(10), Healing = TimeSpan.FromSeconds(60);

    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("AMANA_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) ? seeds : 1_000;

    [Fact]
    public void Through_loss_cuts_crashes_full_disks_and_wrong_clocks_each_letter_arrives_once_and_in_order_a_minute_after_all_is_well()
    {
        var wrong = new List<string>();
        long letters = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var world = Run(seed);
            letters += world.Promised.Count;
            wrong.AddRange(Faults(world).Select(f => $"seed {seed}: {f}"));
        }

        wrong.ShouldBeEmpty();
        letters.ShouldBeGreaterThan(Seeds * 20);
    }

    [Fact]
    public void One_seed_gives_one_course_of_events()
    {
        for (int seed = 1; seed <= 20; seed++) Run(seed).Trace.ShouldBe(Run(seed).Trace);
        Run(1).Trace.ShouldNotBe(Run(2).Trace);
    }

    [Fact]
    public void The_simulation_sees_a_post_that_does_not_know_what_it_has_taken() =>
        Enumerable.Range(1, 40).SelectMany(seed => Faults(Run(seed, node => new Forgetful(node)))).ShouldContain(f => f.Contains("twice", StringComparison.Ordinal));

    [Fact]
    public void A_bureau_that_is_away_for_twenty_days_is_asked_once_an_hour_and_slows_nobody()
    {
        var world = new World(7, 3);
        SynchronizationContext.SetSynchronizationContext(null);
        var (utopia, near, far) = (world.Nodes[0], world.Nodes[1].Bureau, world.Nodes[2].Bureau);
        world.Cut.Add((utopia.Bureau, far));
        utopia.Write([near, far], "first");
        for (int hour = 1; hour < 20 * 24; hour += 7)
        {
            world.RunUntil(world.Now + TimeSpan.FromHours(7));
            int before = world.NodeOf(near).Disk.Inbox.Count;
            utopia.Write([near], "and more");
            world.RunUntil(world.Now + TimeSpan.FromSeconds(5));
            world.NodeOf(near).Disk.Inbox.Count.ShouldBe(before + 1, "the other queue goes on");
        }

        var waiting = utopia.Disk.All.Single(l => l.Peer == far);
        waiting.State.ShouldBe(DeliveryState.Waiting);
        waiting.Attempts.ShouldBeInRange(400, 20 * 24 * 2);
        world.Cut.Clear();
        world.RunUntil(world.Now + TimeSpan.FromHours(1));
        world.NodeOf(far).Disk.Inbox.Count.ShouldBe(1);
    }

    [Fact]
    public void After_thirty_days_a_person_is_asked_and_what_follows_goes_on()
    {
        var world = new World(8, 2);
        SynchronizationContext.SetSynchronizationContext(null);
        var (utopia, far) = (world.Nodes[0], world.Nodes[1].Bureau);
        world.Cut.Add((utopia.Bureau, far));
        utopia.Write([far], "lost");
        world.RunUntil(world.Now + TimeSpan.FromDays(30) + TimeSpan.FromHours(2));
        utopia.Disk.All.Single().State.ShouldBe(DeliveryState.Dead);
        world.Cut.Clear();
        utopia.Write([far], "next");
        world.RunUntil(world.Now + TimeSpan.FromMinutes(1));
        world.NodeOf(far).Disk.Inbox.Count.ShouldBe(1);
    }

    private static World Run(int seed, Func<SimNode, SimDisk>? disk = null)
    {
        SynchronizationContext.SetSynchronizationContext(null); // continuations run where they are called, in order
        var world = new World(seed, 3 + (seed % 3), disk);
        var chance = world.Chance;
        (world.Loss, world.Doubled) = (0.2 * chance.NextDouble(), 0.5 * chance.NextDouble());
        var end = world.Now + Trouble;
        foreach (var node in world.Nodes)
        {
            node.Crashes = 0.02 * chance.NextDouble();
            node.Clock.Off = TimeSpan.FromMinutes(chance.Next(-10, 11));
            for (int i = 0; i < 12; i++) world.In(Trouble * chance.NextDouble(), () => Write(world, node));
            world.In(Trouble * chance.NextDouble(), node.Crash);
            world.In(Trouble * chance.NextDouble(), () => Fill(world, node));
            world.In(Trouble * chance.NextDouble(), () => CutOff(world, node));
        }

        world.RunUntil(end);
        (world.Loss, world.Doubled) = (0, 0);
        world.Cut.Clear();
        foreach (var node in world.Nodes) (node.Crashes, node.Disk.IsFull) = (0, false);
        world.RunUntil(end + TimeSpan.FromSeconds(41) + Healing); // whoever crashed last is back after 41 seconds at most
        return world;
    }

    private static void Write(World world, SimNode node)
    {
        BureauCode[] others = [.. world.Nodes.Where(n => n != node && world.Chance.Next(2) == 0).Select(n => n.Bureau)];
        if (others.Length > 0) node.Write(others, "word");
    }

    private static void Fill(World world, SimNode node)
    {
        node.Disk.IsFull = true;
        world.In(TimeSpan.FromSeconds(world.Chance.Next(1, 120)), () => node.Disk.IsFull = false);
    }

    private static void CutOff(World world, SimNode node)
    {
        var other = world.Nodes[world.Chance.Next(world.Nodes.Count)];
        var cut = new List<(BureauCode, BureauCode)> { (node.Bureau, other.Bureau) };
        if (world.Chance.Next(2) == 0) cut.Add((other.Bureau, node.Bureau)); // else one way only
        cut.ForEach(c => world.Cut.Add(c));
        world.In(TimeSpan.FromSeconds(world.Chance.Next(1, 400)), () => cut.ForEach(c => world.Cut.Remove(c)));
    }

    private static IEnumerable<string> Faults(World world)
    {
        foreach (var node in world.Nodes)
        {
            var inbox = node.Disk.Inbox;
            foreach (var twice in inbox.GroupBy(a => (a.Letter, a.From)).Where(g => g.Count() > 1)) yield return $"{twice.Key} came twice to {node.Bureau}";
            foreach (var from in world.Nodes)
            {
                var sent = from.Disk.All.Where(l => l.Peer == node.Bureau).OrderBy(l => l.Number).Select(l => l.Letter).ToList();
                var came = inbox.Where(a => a.From == from.Bureau).Select(a => a.Letter).ToList();
                if (!came.Distinct().SequenceEqual(sent.Where(came.Contains))) yield return $"from {from.Bureau} to {node.Bureau} in another order, or what was never sent";
            }

            foreach (var letter in node.Disk.All.Where(l => l.State is not DeliveryState.Delivered)) yield return $"{letter.Letter} of {node.Bureau} to {letter.Peer} is {letter.State} after {letter.Attempts} attempts: {letter.Fault}";
        }

        foreach (var (letter, from, to) in world.Promised.Where(p => world.NodeOf(p.To).Disk.Inbox.TrueForAll(a => a.Letter != p.Letter))) yield return $"{letter} of {from} never came to {to}";
    }

    private sealed class Forgetful(SimNode node) : SimDisk(node)
    {
        public override Task<Arrival?> FindArrivalAsync(Guid letter, BureauCode from, CancellationToken cancel) => Task.FromResult<Arrival?>(null);

        public override async Task<Taken> TakeAsync(Letter letter, Arrival arrival, CancellationToken cancel)
        {
            await Write(() => Inbox.Add(arrival));
            return arrival;
        }
    }
}
