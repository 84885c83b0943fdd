using System.Globalization;

namespace Amana.Faults.Exchange;

/// <summary>What goes wrong, one after the other at moments of chance. Seeded; when a server is ready again depends on the machine.</summary>
internal sealed class ExchangeNemesis(IReadOnlyList<TestBureau> bureaus, FaultPlan plan, string? disk, Random chance)
{
    private static readonly TimeSpan WrongBy = TimeSpan.FromMinutes(10);
    private int _kills, _cuts, _oneWay, _full, _skews;

    public async Task RunAsync(TimeSpan lasts)
    {
        var end = DateTime.UtcNow + lasts;
        for (int turn = 0; DateTime.UtcNow < end; turn++)
        {
            // Each kind once, then as chance has it.
            await ActAsync(turn < 5 ? turn : chance.Next(5));
            await Task.Delay(chance.Next(500, 4_000));
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"kills={_kills} cuts={_cuts} one_way_cuts={_oneWay} full_disks={_full} wrong_clocks={_skews}");

    private Task ActAsync(int kind) => kind switch
    {
        0 => CutAsync(),
        1 => KillAsync(),
        2 => OneWayAsync(),
        3 => disk is null ? KillAsync() : FillAsync(disk),
        _ => TestBureau.CanFakeTime && _skews < 2 ? SkewAsync() : CutAsync(),
    };

    private async Task CutAsync()
    {
        _cuts++;
        var one = Any();
        // From one other, or from all.
        var others = bureaus.Where(b => b != one).Take(chance.Next(1, bureaus.Count)).ToList();
        plan.Cut(others.Select(o => (one.Code, o.Code)).Concat(others.Select(o => (o.Code, one.Code))));
        await Task.Delay(chance.Next(3_000, 12_000));
        plan.Join();
    }

    private async Task OneWayAsync()
    {
        _oneWay++;
        var one = Any();
        plan.Cut(bureaus.Where(b => b != one).Select(o => (one.Code, o.Code)));
        await Task.Delay(chance.Next(3_000, 12_000));
        plan.Join();
    }

    private async Task KillAsync()
    {
        _kills++;
        var one = Any();
        await one.KillAsync();
        await Task.Delay(chance.Next(0, 3_000));
        await one.StartAsync();
    }

    private async Task FillAsync(string full)
    {
        _full++;
        string ballast = Path.Combine(full, "ballast");
        SmallDisk.Fill(full, ballast, leave: chance.Next(0, 50_000));
        // Long enough that the log of the database cannot grow any more either.
        await Task.Delay(chance.Next(8_000, 15_000));
        File.Delete(ballast);
    }

    // Ten minutes ahead, so that nobody believes its signatures and it believes nobody's; then put right.
    private async Task SkewAsync()
    {
        _skews++;
        _kills += 2;
        var one = Any();
        await one.KillAsync();
        await one.StartAsync(WrongBy);
        await Task.Delay(chance.Next(8_000, 15_000));
        await one.KillAsync();
        await one.StartAsync();
    }

    private TestBureau Any() => bureaus[chance.Next(bureaus.Count)];
}
