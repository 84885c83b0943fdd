using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Exchange.Directory;
using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Exchange.Keys;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>Keeps keys and directory as they should be: makes keys, sends the Secretariat's newest version to all, fetches it where it is not ours.</summary>
internal sealed class KeepDirectory(
    IServiceScopeFactory scopes, Instance instance, KeyRing keys, BureauBook book, BureauLine line, DirectorySignal signal, StartFinished start, TimeProvider clock, ILogger<KeepDirectory> log) : TimedWork(Each, clock, log, atOnce: true, signal)
{
    public const string DirectoryPath = "exchange/v1/directory", ChangesPath = DirectoryPath + "/changes", JsonType = "application/json";
    private const int ChangesCharsMost = 4 * 1024 * 1024;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(5), FetchEach = TimeSpan.FromMinutes(10), KeysEach = TimeSpan.FromHours(6);

    private readonly AwayBook _away = new(clock.GetUtcNow, Random.Shared.NextDouble);
    private DateTimeOffset _fetchedAt, _keysAt;
    private string? _announced;

    /// <summary>Before the first request is answered, keys and directory are there.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (instance.IsSetUp) await KeysAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        if (!instance.IsSetUp) return;
        var now = Clock.GetUtcNow();
        if (now - _keysAt >= KeysEach || now < _keysAt)
        {
            await KeysAsync(cancel);
            _keysAt = now;
        }

        // Before that the server does not know yet under which port others reach it.
        if (start.IsReady) await using (var scope = scopes.CreateAsyncScope()) _announced = await scope.ServiceProvider.GetRequiredService<FollowCards>().RunAsync(_announced, cancel);
        if (book.Secretariat is not { } secretariat) return;
        if (secretariat == book.Self) await SendAsync(cancel);
        else if (now - _fetchedAt >= FetchEach || now < _fetchedAt)
        {
            _fetchedAt = now;
            await FetchAsync(secretariat, cancel);
            _announced = null; // what the directory does not say by now is said again
        }
    }

    private async Task KeysAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        if (await keys.RenewAsync(db, scope.ServiceProvider.GetRequiredService<JournalWriter>(), all: false, cancel)) await db.SaveChangesAsync(cancel);
        await keys.LoadAsync(db, cancel);
        if (book.Pinned is null) await book.ReadAsync(db, cancel);
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        var pinned = book.Pinned!;
        List<(BureauCode Bureau, long Has)> behind;
        var bodies = new Dictionary<long, byte[]>();
        await using (var scope = scopes.CreateAsyncScope())
        {
            long version = pinned.Directory.Version;
            var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
            behind = (await db.Correspondents.Where(c => c.HasVersion < version).Select(c => new { c.Bureau, c.HasVersion }).ToListAsync(cancel)).ConvertAll(c => (c.Bureau, c.HasVersion));
            behind.RemoveAll(b => book.Find(b.Bureau) is null || !_away.IsDue(b.Bureau));
            var signer = new TakeDirectory.SignerBody(pinned.Signer.Name, pinned.Signer.Key.ToArray(), pinned.Signer.From, pinned.Signer.Until);
            foreach (long has in behind.Select(b => b.Has).Distinct())
            {
                bodies[has] = JsonSerializer.SerializeToUtf8Bytes(new TakeDirectory.Body(pinned.SignedForm, signer, await ChangesAsync(db, has, cancel)), JsonRules.Options);
            }
        }

        var answers = await Task.WhenAll(behind.Select(async b => (b.Bureau, Version: await ShowAsync(book.Find(b.Bureau)!.Address, bodies[b.Has], cancel))));
        foreach (var (bureau, version) in answers)
        {
            if (version >= pinned.Directory.Version) _away.Answered(bureau);
            else _away.Failed(bureau);
        }

        await NoteAsync([.. answers.Where(a => a.Version > 0)], cancel);
    }

    /// <summary>How the Secretariat's key came to be what it is, for a bureau that was away: the versions after the one that it has in which a key announced the next, oldest first, as far as
    /// a request holds them.</summary>
    internal static async Task<List<string>> ChangesAsync(AmanaDb db, long after, CancellationToken cancel)
    {
        var all = await db.SignerChanges.Where(c => c.Version > after).OrderBy(c => c.Version).Take(TakeDirectory.ChangesMost).Select(c => c.Form).ToListAsync(cancel);
        int chars = 0;
        return [.. all.TakeWhile((form, i) => (chars += form.Length) <= ChangesCharsMost || i == 0)];
    }

    /// <returns>The version that the bureau goes by after it; 0 when it does not answer, or its people have yet to.</returns>
    private async Task<long> ShowAsync(Uri address, byte[] body, CancellationToken cancel)
    {
        var answer = await line.SendAsync(address, HttpMethod.Post, DirectoryPath, body, JsonType, isSigned: false, cancel);
        if (answer.Status != 200) return 0;
        try
        {
            return JsonSerializer.Deserialize<TakeDirectory.Taken>(answer.Bytes, JsonRules.Options)?.Version ?? 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private async Task NoteAsync(IReadOnlyList<(BureauCode Bureau, long Version)> have, CancellationToken cancel)
    {
        if (have.Count == 0) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        foreach (var (bureau, version) in have)
        {
            await db.Correspondents.Where(c => c.Bureau == bureau && c.HasVersion < version).ExecuteUpdateAsync(set => set.SetProperty(c => c.HasVersion, version), cancel);
        }
    }

    private async Task FetchAsync(BureauCode secretariat, CancellationToken cancel)
    {
        if (book.Find(secretariat) is not { } entry) return;
        var answer = await line.SendAsync(entry.Address, HttpMethod.Get, DirectoryPath, default, null, isSigned: true, cancel);
        if (answer.Status != 200) return;
        string form = Encoding.ASCII.GetString(answer.Bytes);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new TakeDirectory.Body(form, null), JsonRules.Options);
        if (book.Pinned!.Follow(form, out _) is DirectoryFault.Signer)
        {
            // It may be that we missed how the key was changed.
            var changes = await line.SendAsync(entry.Address, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{ChangesPath}?after={book.Pinned!.Directory.Version}"), default, null, isSigned: true, cancel);
            if (changes.Status == 200) body = [.. changes.Bytes];
        }

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TakeDirectory>().RunAsync(body, cancel);
    }
}
