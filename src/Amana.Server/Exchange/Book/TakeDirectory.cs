using System.Text.Json;
using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Server.Data;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>A directory from outside. From anybody: what decides is who signed it.</summary>
internal sealed class TakeDirectory(AmanaDb db, DirectoryTurn turn, DirectoryDesk desk, BureauBook book, RequestDoor door, Instance instance, TimeProvider clock)
{
    /// <summary>Changes of the Secretariat's key that one bureau may have missed.</summary>
    public const int ChangesMost = 20;

    /// <param name="Directory">As it was signed.</param>
    /// <param name="Signer">The key that signed it, for a first contact; base64.</param>
    /// <param name="Changes">Earlier versions in which the Secretariat's key announced the next one, oldest first, for who was away.</param>
    public sealed record Body(string? Directory, SignerBody? Signer, IReadOnlyList<string>? Changes = null);

    public sealed record SignerBody(string? Name, byte[]? Key, DateTimeOffset From, DateTimeOffset Until);

    /// <param name="Version">That this bureau goes by; 0: it is offered to its people.</param>
    public sealed record Taken(long Version);

    public async Task<Result<Taken>> RunAsync(byte[]? body, CancellationToken cancel)
    {
        if (!instance.IsSetUp) return ExchangeRefusals.NotReady;
        if (body is null || Read(body) is not { Directory: { Length: > 0 } form } read) return await door.RefuseAsync("unknown", ExchangeRefusals.DirectoryUnreadable, cancel);
        using var alone = await turn.TakeAsync(cancel);
        if (book.Pinned is null) return await OfferAsync(form, read.Signer, cancel);
        foreach (string change in (read.Changes ?? []).Take(ChangesMost))
        {
            // Those that we know already are passed over; each that is new is gone by, as if it had come alone.
            if (change is not null && book.Pinned!.Follow(change, out _) is DirectoryFault.None && !(await FollowAsync(change, cancel)).Succeeded(out _, out var meanwhile)) return meanwhile;
        }

        bool isForPeople = book.Pinned!.Follow(form, out _) is DirectoryFault.Signer && await IsAwaitedAsync(read.Signer, cancel);
        return isForPeople ? await OfferAsync(form, read.Signer, cancel) : await FollowAsync(form, cancel);
    }

    private async Task<Result<Taken>> FollowAsync(string form, CancellationToken cancel)
    {
        var before = book.Pinned!;
        var fault = before.Follow(form, out var next);
        if (next is null) return await door.RefuseAsync("unknown", RefusalOf(fault), cancel);
        if (next.Directory.Version == before.Directory.Version) return new Taken(next.Directory.Version);
        desk.Record(Actor.Server, next, "directory.followed");
        if (next.Signer.Name != before.Signer.Name) desk.Record(Actor.Server, next, "directory.signer-followed", null, new { from = before.Signer.Name, signer = next.Signer.Name, words = KeyWords.Of(next.Signer.Key.Span) });
        return await desk.GoByAsync(next, cancel) is { } meanwhile ? meanwhile : new Taken(next.Directory.Version);
    }

    // People here were told that the Secretariat's key is lost: another key in its name is for them to compare.
    private async Task<bool> IsAwaitedAsync(SignerBody? said, CancellationToken cancel) => said is { Name: { } name, Key: { } key } && KeyName.BureauOf(name) == book.Secretariat && !book.Pinned!.Signer.Key.Span.SequenceEqual(key)
        && await db.Directories.AnyAsync(d => d.Number == HeldDirectory.GoneBy && d.SignerAwaitedAt != null, cancel);

    // Nobody here knows this Secretariat: its directory waits for people. The newest of the first one stands; another one takes its place only when that is declined.
    private async Task<Result<Taken>> OfferAsync(string form, SignerBody? said, CancellationToken cancel)
    {
        if (said is not { Name: { } name, Key: { Length: 32 } key }) return await door.RefuseAsync("unknown", ExchangeRefusals.DirectoryUnreadable, cancel);
        var fault = PinnedDirectory.Pin(form, new(name, key, said.From, said.Until), out var offered);
        if (offered is null) return await door.RefuseAsync("unknown", RefusalOf(fault), cancel);
        if (offered.Directory.Find(book.Self) is null) return await door.RefuseAsync("unknown", ExchangeRefusals.DirectorySigner, cancel); // of no use to us
        var now = clock.GetUtcNow();
        if (await db.Directories.SingleOrDefaultAsync(d => d.Number == HeldDirectory.Offered, cancel) is not { } held)
        {
            db.Add(HeldDirectory.Of(HeldDirectory.Offered, offered, now));
            desk.Record(Actor.Server, offered, "directory.offered", null, new { offered.Directory.Version, signer = name, words = KeyWords.Of(key) });
        }
        else if (!held.SignerKey.AsSpan().SequenceEqual(key)) return await door.RefuseAsync("unknown", ExchangeRefusals.DirectorySigner, cancel);
        else if (held.Version < offered.Directory.Version) held.Take(offered, now);
        await db.SaveChangesAsync(cancel);
        return new Taken(0);
    }

    private static Body? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Body>(body, JsonRules.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Refusal RefusalOf(DirectoryFault fault) => fault switch
    {
        DirectoryFault.Signer => ExchangeRefusals.DirectorySigner,
        DirectoryFault.Older => ExchangeRefusals.DirectoryOlder,
        DirectoryFault.TwoTongues => ExchangeRefusals.DirectoryTwoTongues,
        DirectoryFault.KeyChanged => ExchangeRefusals.DirectoryKeyChanged,
        _ => ExchangeRefusals.DirectoryUnreadable,
    };
}
