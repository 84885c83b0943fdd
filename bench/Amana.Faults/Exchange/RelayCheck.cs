using System.Text;
using Amana.Exchange.Envelopes;
using Amana.Server.Data;
using Amana.Server.Exchange.Keys;
using Amana.Server.Exchange.Post;
using Amana.Server.Exchange.Relay;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Faults.Exchange;

/// <summary>What the relay could tell. While the bureau behind it is away some letters are written to it, so that the relay holds them; then the relay is killed and its folder searched by
/// somebody who has all of it, keys too. Then both go on, and the letters must arrive.</summary>
internal sealed class RelayCheck
{
    private const int HeldWithinSeconds = 60;

    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;
    /// <summary>Envelopes that went by way of the relay.</summary>
    public int Relayed { get; private set; }
    /// <summary>Envelopes that it held and whose seal was tried with each of its keys.</summary>
    public int Tried { get; private set; }

    public static async Task<RelayCheck> RunAsync(IReadOnlyList<TestBureau> bureaus, LetterWriters writers, Func<Task> drainAsync)
    {
        var check = new RelayCheck();
        var behind = bureaus.Single(b => b.Relay is not null);
        var relay = bureaus.Single(b => b.Code == behind.Relay);
        check._faults.AddRange(behind.Way!.Carriers.Keys.Where(c => c != relay.Code).Select(c => $"{c} brought letters to {behind.Code} itself, not to its relay"));
        await behind.KillAsync();
        foreach (var bureau in bureaus.Where(b => b != behind && b != relay))
        {
            await writers.WriteOnceAsync(bureau, behind.Code);
            await TestBureau.UntilAsync(async () => (await bureau.GetAsync($"api/v1/deliveries?part=waiting&bureau={behind.Code}")).GetProperty("rows").EnumerateArray().Any(r => r.GetProperty("fault").GetString() == "at-relay"), HeldWithinSeconds);
        }

        await relay.KillAsync();
        await relay.LookInsideAsync(check.LookAsync);
        foreach (string file in Directory.EnumerateFiles(relay.Folder, "*", SearchOption.AllDirectories))
        {
            if ((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(LetterWriters.Mark)) >= 0) check._faults.Add($"{file} at the relay has a word of a letter in it");
        }

        if (check.Tried == 0) check._faults.Add("the relay held nothing that could be tried");
        foreach (var bureau in (TestBureau[])[relay, behind]) await bureau.StartAsync();
        await drainAsync();
        return check;
    }

    private async Task<bool> LookAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AmanaDb>>().CreateDbContextAsync();
        await services.GetRequiredService<KeyRing>().LoadAsync(db, CancellationToken.None);
        await services.GetRequiredService<Server.Exchange.BureauBook>().ReadAsync(db, CancellationToken.None);
        var openers = services.GetRequiredService<KeyRing>().Openers;
        if (openers.Count == 0) _faults.Add("the relay has no key to try with");
        var seal = services.GetRequiredService<PostSeal>();
        foreach (var row in await db.Set<RelayedEnvelope>().AsNoTracking().ToListAsync())
        {
            Relayed++;
            if (row.DoneAt is not null && row.Envelope is not null) _faults.Add($"the relay keeps {row.Hash[..16]}, which is delivered");
            if (row.Envelope is not { } envelope) continue;
            Tried++;
            var (letter, _, refusal) = seal.Open(envelope);
            if (letter is not null || refusal != "not-for-us") _faults.Add($"the relay's keys open {row.Hash[..16]}, or its seal says {refusal}");
        }

        if (await db.Set<ArrivedLetter>().AnyAsync()) _faults.Add("a letter is kept at the relay as if it were its own");
        return true;
    }
}
