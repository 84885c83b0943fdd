using System.Security.Cryptography;
using System.Text.Json;
using Amana.Exchange.Private;
using Amana.Server.Data;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions.Asked;

/// <summary>Answers another bureau's blind question, if compliance agreed to that and the day's number is not used up.</summary>
internal sealed class AnswerBlind(AmanaDb db, RequestDoor door, BlindShelf shelf, JournalWriter journal, IDatabaseEngine engine, TimeProvider clock)
{
    public const int Elements = MeetingKeysSent, BodyBytesMost = 8 * 1024;
    private const int MeetingKeysSent = Matching.MeetingKeys.Most;

    /// <param name="Purpose">Code of the asker's purpose, for our journal.</param>
    /// <param name="Asked">24 elements of 32 bytes.</param>
    public sealed record Body(string? Purpose, IReadOnlyList<byte[]>? Asked);

    /// <param name="Answered">As many, in their order.</param>
    /// <param name="Proof">64 bytes: one key, the published one, made them all.</param>
    public sealed record Reply(IReadOnlyList<byte[]> Answered, byte[] Proof);

    /// <param name="Epoch">Name it in the question.</param>
    /// <param name="PublicKey">32 bytes.</param>
    /// <param name="Bytes">Of the coded list that this bureau gets.</param>
    /// <param name="Sha256">Of it.</param>
    public sealed record Terms(long Epoch, byte[] PublicKey, long Bytes, byte[] Sha256, int Left);

    /// <summary>What the asker needs first; signed as a letter's receipt is, so that no other key can be put in its place on the way.</summary>
    public async Task<Result<string>> TermsAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!(await door.CheckAsync(request, default, cancel)).Succeeded(out var from, out var refusal)) return refusal;
        var terms = await db.BlindTerms.AsNoTracking().SingleOrDefaultAsync(t => t.Bureau == from, cancel);
        if (terms is null || terms.Shut is not null) return await door.RefuseAsync(from.Value, terms?.Shut ?? BlindRefusals.NotAllowed, cancel);
        if (shelf.Now is not { } epoch) return BlindRefusals.NotReady;
        byte[] list = shelf.ListFor(from, terms.Documents, epoch);
        return door.Sign(JsonSerializer.SerializeToUtf8Bytes(new Terms(epoch.Number, epoch.Key.PublicKey, list.Length, SHA256.HashData(list), terms.PerDay - terms.AskedOn(Today)), JsonRules.Options));
    }

    public async Task<Result<byte[]>> ListAsync(long number, HttpRequest request, CancellationToken cancel)
    {
        if (!(await door.CheckAsync(request, default, cancel)).Succeeded(out var from, out var refusal)) return refusal;
        var terms = await db.BlindTerms.AsNoTracking().SingleOrDefaultAsync(t => t.Bureau == from, cancel);
        if (terms is null || terms.Shut is not null) return await door.RefuseAsync(from.Value, terms?.Shut ?? BlindRefusals.NotAllowed, cancel);
        if (shelf.Now is not { } epoch || epoch.Number != number) return BlindRefusals.EpochOver;
        return shelf.ListFor(from, terms.Documents, epoch);
    }

    public async Task<Result<Reply>> RunAsync(long number, HttpRequest request, CancellationToken cancel)
    {
        if (await RequestDoor.ReadAsync(request, BodyBytesMost, cancel) is not { } bytes) return BlindRefusals.Unreadable;
        if (!(await door.CheckAsync(request, bytes, cancel)).Succeeded(out var from, out var refusal)) return refusal;
        if (Read(bytes) is not { Asked: { Count: Elements } asked, Purpose: { Length: > 0 and <= 40 } purpose }) return await door.RefuseAsync(from.Value, BlindRefusals.Unreadable, cancel);
        var terms = await db.BlindTerms.SingleOrDefaultAsync(t => t.Bureau == from, cancel);
        if (terms is null || terms.Shut is not null) return await door.RefuseAsync(from.Value, terms?.Shut ?? BlindRefusals.NotAllowed, cancel);
        if (shelf.Now is not { } epoch) return BlindRefusals.NotReady;
        if (epoch.Number != number) return BlindRefusals.EpochOver;
        if (!terms.Take(Today)) return await door.RefuseAsync(from.Value, BlindRefusals.LimitReached, cancel);
        if (epoch.Key.Evaluate(asked) is not { } answer) return await door.RefuseAsync(from.Value, BlindRefusals.Unreadable, cancel);
        // Counted and taken down before the answer leaves: what the asker may learn is never more than what is known here.
        journal.Record(Actor.Server, "blind.answered", from, details: new { purpose, today = terms.CountedToday, terms.PerDay });
        if (await db.SaveOrRefuseAsync(engine, BlindRefusals.NotReady, cancel) is { } meanwhile) return meanwhile;
        return new Reply(answer.Elements, answer.Proof);
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static Body? Read(byte[] bytes)
    {
        try
        {
            var body = JsonSerializer.Deserialize<Body>(bytes, JsonRules.Options);
            return body?.Asked?.All(a => a is { Length: BlindQuestion.ElementBytes }) is true && body.Purpose?.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') is true ? body : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
