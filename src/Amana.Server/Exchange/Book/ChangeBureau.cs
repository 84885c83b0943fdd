using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Book;

/// <summary>The Secretariat changes what the directory says of a bureau: its state, or that a key of it is trusted no more. It holds for all as soon as they have the
/// next version.</summary>
internal sealed class ChangeBureau(Gate gate, DirectoryTurn turn, DirectoryDesk desk, BureauBook book, TimeProvider clock)
{
    /// <param name="State">Null: as it is.</param>
    /// <param name="RevokeKey">Name of a key of it; null: none.</param>
    /// <param name="Reason">Why; for the journal, 3 to 500 letters.</param>
    public sealed record Request(string? Bureau, BureauState? State, string? RevokeKey, string? Reason);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        using var alone = await turn.TakeAsync(cancel);
        if (book.Pinned is null) return ExchangeRefusals.NoDirectory;
        if (!desk.IsSecretariat) return ExchangeRefusals.NotSecretariat;
        if (!BureauCode.TryParse(request.Bureau, null, out var code) || book.Find(code) is not { } entry) return ExchangeRefusals.BureauUnknown;
        if (WrittenReason.Of(request.Reason) is not { } reason) return ExchangeRefusals.Reason;
        if (code == book.Self && request.State is not null and not BureauState.Active) return ExchangeRefusals.Ourselves;
        if (request.RevokeKey is { } key && entry.Signing.Concat(entry.Sealing).All(k => k.Name != key)) return ExchangeRefusals.KeyUnknown;

        var now = new DateTimeOffset(clock.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        var changed = entry with { State = request.State ?? entry.State, Signing = Revoked(entry.Signing, request.RevokeKey, now), Sealing = Revoked(entry.Sealing, request.RevokeKey, now) };
        var pinned = desk.Next([.. book.All.Select(b => b.Bureau == code ? changed : b)]);
        desk.Record(caller.Actor, pinned, "directory.bureau-changed", code, new { pinned.Directory.Version, changed.State, request.RevokeKey, reason });
        return await desk.GoByAsync(pinned, cancel);
    }

    private static List<DirectoryKey> Revoked(IReadOnlyList<DirectoryKey> keys, string? name, DateTimeOffset now) =>
        [.. keys.Select(k => k.Name == name && k.RevokedAt is null ? k with { RevokedAt = now } : k)];
}
