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
        long letters = 0, relayed = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var world = Run(seed);
            letters += world.Promised.Count;
            relayed += world.Relay?.Passed ?? 0;
            wrong.AddRange(Faults(world).Select(f => $"seed {seed}: {f}"));
        }

        wrong.ShouldBeEmpty();
        letters.ShouldBeGreaterThan(Seeds * 20);
        relayed.ShouldBeGreaterThan(Seeds * 3);
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

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)] // two waits, one after the other: the simulation sees it
    public void After_a_break_of_nine_minutes_behind_a_relay_all_is_there_within_a_minute(bool isPatient, int late)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var runs = Enumerable.Range(1, 60).Select(seed =>
        {
            var world = new World(seed, 3, behind: 1);
            world.Relay!.IsPatient = isPatient;
            var behind = world.Nodes[2].Bureau;
            world.Cut.Add((world.Relay.Bureau, behind));
            foreach (var node in world.Nodes.Take(2)) for (int i = 0; i < 10; i++) node.Write([behind], "word");
            world.RunUntil(world.Now + TimeSpan.FromMinutes(9));
            world.Cut.Clear();
            world.RunUntil(world.Now + Healing);
            return world;
        });
        Math.Min(1, runs.Count(w => Faults(w).Any())).ShouldBe(late);
    }

    [Fact]
    public void What_a_relay_holds_of_eighty_bureaus_that_are_gone_since_arrives_within_a_minute_and_is_held_up_by_no_other_that_is_away()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var world = new World(9, 82, behind: 2);
        var relay = world.Relay!;
        var (back, away) = (world.Nodes[80].Bureau, world.Nodes[81].Bureau);
        world.Cut.Add((relay.Bureau, back));
        world.Cut.Add((relay.Bureau, away));
        foreach (var node in world.Nodes.Take(80)) node.Write([away, back], "held");
        world.RunUntil(world.Now + TimeSpan.FromMinutes(5));
        relay.Waiting.Count().ShouldBe(160);
        foreach (var node in world.Nodes.Take(80)) world.Cut.Add((node.Bureau, relay.Bureau));
        world.Cut.Remove((relay.Bureau, back));
        world.RunUntil(world.Now + Healing);
        world.NodeOf(back).Disk.Inbox.Count.ShouldBe(80);
        world.NodeOf(away).Disk.Inbox.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)] // takes connections and never answers
    [InlineData(false)] // stores what comes and its answers are lost
    public void A_recipient_behind_a_relay_that_never_answers_keeps_no_place_of_a_sender(bool isDeaf)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        for (int seed = 1; seed <= 40; seed++)
        {
            var world = new World(seed, 4, behind: 2);
            var relay = world.Relay!;
            var (silent, good) = (world.Nodes[2].Bureau, world.Nodes[3].Bureau);
            world.Cut.Add(isDeaf ? (relay.Bureau, silent) : (silent, relay.Bureau));
            foreach (var node in world.Nodes.Take(2)) for (int i = 0; i < 10; i++) node.Write([silent, good], "word");
            world.RunUntil(world.Now + TimeSpan.FromMinutes(5));
            relay.LongestAnswer.ShouldBeLessThanOrEqualTo(SimRelay.Patience);
            world.NodeOf(good).Disk.Inbox.Count.ShouldBe(20);
            world.NodeOf(silent).Disk.Inbox.Count.ShouldBe(isDeaf ? 0 : 2, "the next comes when the one before it has its receipt");
            world.Cut.Clear();
            world.RunUntil(world.Now + Healing);
            Faults(world).ShouldBeEmpty($"seed {seed}");
        }
    }

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

    // Every second one has a relay, with a bureau or two behind it, which suffers like all.
    private static World Run(int seed, Func<SimNode, SimDisk>? disk = null)
    {
        SynchronizationContext.SetSynchronizationContext(null); // continuations run where they are called, in order
        var world = new World(seed, 3 + (seed % 3), disk, behind: seed % 2 == 0 ? 1 + (seed / 2 % 2) : 0);
        var chance = world.Chance;
        (world.Loss, world.Doubled) = (0.2 * chance.NextDouble(), 0.5 * chance.NextDouble());
        var end = world.Now + Trouble;
        foreach (var server in world.Servers)
        {
            server.Crashes = 0.02 * chance.NextDouble();
            server.Clock.Off = TimeSpan.FromMinutes(chance.Next(-10, 11));
            for (int i = 0; server is SimNode node && i < 12; i++) world.In(Trouble * chance.NextDouble(), () => Write(world, node));
            world.In(Trouble * chance.NextDouble(), server.Crash);
            world.In(Trouble * chance.NextDouble(), () => Fill(world, server));
            world.In(Trouble * chance.NextDouble(), () => CutOff(world, server));
            world.In(Trouble * chance.NextDouble(), () => server.Clock.Off = TimeSpan.FromMinutes(chance.Next(-10, 11))); // put right, or wrong in another way
        }

        world.RunUntil(end);
        (world.Loss, world.Doubled) = (0, 0);
        world.Cut.Clear();
        foreach (var server in world.Servers) (server.Crashes, server.IsFull) = (0, false);
        world.RunUntil(end + TimeSpan.FromSeconds(41) + Healing); // whoever crashed last is back after 41 seconds at most
        return world;
    }

    private static void Write(World world, SimNode node)
    {
        BureauCode[] others = [.. world.Nodes.Where(n => n != node && world.Chance.Next(2) == 0).Select(n => n.Bureau)];
        for (int burst = world.Chance.Next(4) == 0 ? world.Chance.Next(2, 12) : 1; burst > 0 && others.Length > 0; burst--) node.Write(others, "word");
    }

    private static void Fill(World world, SimServer server)
    {
        server.IsFull = true;
        world.In(TimeSpan.FromSeconds(world.Chance.Next(1, 120)), () => server.IsFull = false);
    }

    private static void CutOff(World world, SimServer node)
    {
        SimServer[] all = [.. world.Servers];
        var other = all[world.Chance.Next(all.Length)];
        var cut = new List<(BureauCode, BureauCode)> { (node.Bureau, other.Bureau) };
        if (world.Chance.Next(2) == 0) cut.Add((other.Bureau, node.Bureau)); // else one way only
        cut.ForEach(c => world.Cut.Add(c));
        world.In(TimeSpan.FromSeconds(world.Chance.Next(1, 400)), () => cut.ForEach(c => world.Cut.Remove(c)));
    }

    private static IEnumerable<string> Faults(World world)
    {
        foreach (var held in world.Relay?.Waiting ?? []) yield return $"the relay still holds {held.Hash} of {held.From}";
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

            foreach (var letter in node.Disk.All.Where(l => l.State is not DeliveryState.Delivered)) yield return $"{letter.Letter} of {node.Bureau} to {letter.Peer} is {letter.State} after {letter.Attempts} attempts: {letter.Fault}, next in {(letter.NextAt - node.Clock.GetUtcNow()).TotalSeconds:0.0} s";
        }

        foreach (var (letter, from, to) in world.Promised.Where(p => world.NodeOf(p.To).Disk.Inbox.TrueForAll(a => a.Letter != p.Letter))) yield return $"{letter} of {from} never came to {to}";
    }

    private sealed class Forgetful(SimNode node) : SimDisk(node)
    {
        public override async Task<Taken> TakeAsync(Letter letter, Arrival arrival, CancellationToken cancel)
        {
            await Write(() => Inbox.Add(arrival));
            return arrival;
        }
    }
}
