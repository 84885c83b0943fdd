using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tips;

/// <summary>The queue of tips, without what was written in them.</summary>
internal sealed class ListTips(AmanaDb db, Gate gate)
{
    public const int PageSize = 50;

    /// <param name="Notice">Public id, <c>2026/123</c>: only those about it.</param>
    public sealed record Request(bool Closed, string? Notice, int Page);

    public sealed record Row(string Reference, string? Notice, DateTimeOffset At, TipState State, bool HasNews, bool? Helped);

    public sealed record View(IReadOnlyList<Row> Tips, int Total);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadTips, cancel) is { } forbidden) return forbidden;
        var tips = db.Tips.AsNoTracking().Where(t => request.Closed == (t.State == TipState.Closed));
        if (!string.IsNullOrWhiteSpace(request.Notice)) tips = tips.Where(t => t.Notice == request.Notice);
        var rows = await tips.OrderByDescending(t => t.At).Skip((Math.Max(1, request.Page) - 1) * PageSize).Take(PageSize)
            .Select(t => new Row(t.Reference, t.Notice, t.At, t.State, t.HasNews, t.Helped)).ToListAsync(cancel);
        return new View(rows, await tips.CountAsync(cancel));
    }

    /// <summary>How many wait for somebody.</summary>
    public Task<int> WaitingAsync(CancellationToken cancel) => db.Tips.CountAsync(t => t.State == TipState.New || t.HasNews, cancel);

    /// <summary>How many came about this notice.</summary>
    public Task<int> AboutAsync(string notice, CancellationToken cancel) => db.Tips.CountAsync(t => t.Notice == notice, cancel);
}

/// <summary>Opens one tip, for a purpose; each opening is journaled.</summary>
internal sealed class ReadTip(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer)
{
    public sealed record Request(string Reference, string? Purpose);

    public sealed record View(ListTips.Row Row, TipContent Content, bool HasPicture, IReadOnlyList<TipSaid> Said);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.ReadTips, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.Tips.SingleOrDefaultAsync(t => t.Reference == request.Reference, cancel) is not { } tip) return TipRefusals.Unknown;
        tip.WasRead();
        journal.Record(caller.Actor, "tip.read", tip.Reference, purpose);
        await db.SaveChangesAsync(cancel);
        var content = JsonSerializer.Deserialize<TipContent>(sealer.Open(tip.Body, tip.Place), JsonRules.Options)!;
        return new View(new(tip.Reference, tip.Notice, tip.At, tip.State, tip.HasNews, tip.Helped), content,
            await db.TipPictures.AnyAsync(p => p.Tip == tip.Id, cancel), await ComeBack.SaidAsync(db, sealer, tip.Id, cancel));
    }

    /// <summary>The picture of a tip, for who may open it; opening the tip is what is journaled.</summary>
    public async Task<Result<(string MediaType, byte[] Bytes)>> PictureAsync(string reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadTips, cancel) is { } forbidden) return forbidden;
        var picture = await db.Tips.Where(t => t.Reference == reference).Join(db.TipPictures.AsNoTracking(), t => t.Id, p => p.Tip, (_, p) => p).SingleOrDefaultAsync(cancel);
        return picture is null ? TipRefusals.Unknown : (picture.MediaType, sealer.Open(picture.Body, TipPicture.PlaceOf(picture.Tip)));
    }
}
