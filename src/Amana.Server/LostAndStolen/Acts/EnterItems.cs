using System.Globalization;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>Enters one item, or many of one kind: those that cannot be taken are named with their reason, the rest goes on. From then on their
/// numbers answer.</summary>
internal sealed class EnterItems(AmanaDb db, Gate gate, JournalWriter journal, ItemTurn turns, NumberShelf shelf, TimeProvider clock)
{
    public const int RowsMax = 5_000;
    private const int ValuesAtOnce = 500;

    /// <param name="Rows">Field to text, each.</param>
    public sealed record Request(ItemKind Kind, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows, string? Purpose);

    /// <param name="Row">From 1.</param>
    public sealed record Rejected(int Row, Refusal Refusal);

    public sealed record Entered(IReadOnlyList<string> References, IReadOnlyList<Rejected> Rejected);

    public async Task<Result<Entered>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.EnterItems, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (request.Rows.Count > RowsMax) return ItemRefusals.BatchTooLarge;
        if (request.Rows.Count == 0) return ItemRefusals.BatchUnreadable;

        using var turn = await turns.TakeAsync(cancel);
        var now = clock.GetUtcNow();
        var rejected = new List<Rejected>();
        var forms = Read(request, caller.Bureau, DateOnly.FromDateTime(now.UtcDateTime), rejected);
        var known = await KnownAsync(request.Kind, forms.ConvertAll(f => f.Form), caller.Bureau, cancel);
        var serial = await SerialAsync(caller.Bureau, request.Kind, now.Year, cancel);
        var items = new List<ReportedItem>();
        foreach (var (row, form) in forms)
        {
            if (form.Numbers.Any(n => !known.Add(KeyOf(n)))) rejected.Add(new(row, ItemRefusals.Exists.At(form.Numbers[0].Field)));
            else items.Add(ItemOf(form, caller, ++serial.Last, now));
        }
        if (items.Count > 0)
        {
            db.Items.AddRange(items);
            var references = items.ConvertAll(i => i.Reference);
            if (request.Rows.Count == 1) journal.Record(caller.Actor, "item.entered", references[0], purpose, new { request.Kind });
            else journal.Record(caller.Actor, "items.entered", null, purpose, new { request.Kind, entered = items.Count, rejected = rejected.Count }, new { references });
            await db.SaveChangesAsync(cancel);
            shelf.Add(items.SelectMany(i => i.Numbers));
        }
        return new Entered(items.ConvertAll(i => i.Reference), [.. rejected.OrderBy(r => r.Row)]);
    }

    private static List<(int Row, ItemForm Form)> Read(Request request, BureauCode owner, DateOnly today, List<Rejected> rejected)
    {
        var forms = new List<(int, ItemForm)>(request.Rows.Count);
        for (int i = 0; i < request.Rows.Count; i++)
        {
            if (ItemForm.Read(request.Kind, request.Rows[i], owner, today).Succeeded(out var form, out var refused)) forms.Add((i + 1, form));
            else rejected.Add(new(i + 1, refused));
        }
        return forms;
    }

    /// <summary>The numbers that the bureau has in force already.</summary>
    private async Task<HashSet<string>> KnownAsync(ItemKind kind, List<ItemForm> forms, BureauCode owner, CancellationToken cancel)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] values in forms.SelectMany(f => f.Numbers).Select(n => n.Value).Distinct().Chunk(ValuesAtOnce))
        {
            var rows = await db.ItemNumbers.AsNoTracking().Where(n => n.Kind == kind && values.Contains(n.Value) && n.Of!.Bureau == owner && n.Of.State == ItemState.InForce).ToListAsync(cancel);
            known.UnionWith(rows.Select(KeyOf));
        }
        return known;
    }

    private async Task<ItemSerial> SerialAsync(BureauCode owner, ItemKind kind, int year, CancellationToken cancel)
    {
        string scope = $"{owner}-{kind.Letters}";
        var serial = await db.ItemSerials.SingleOrDefaultAsync(s => s.Scope == scope && s.Year == year, cancel);
        if (serial is null) db.ItemSerials.Add(serial = new ItemSerial { Scope = scope, Year = year });
        return serial;
    }

    private ReportedItem ItemOf(ItemForm form, Caller caller, int serial, DateTimeOffset now) => new()
    {
        Id = Id<ReportedItem>.New(clock), Kind = form.Kind, Bureau = caller.Bureau, Fraud = form.Fraud, Facts = form.Facts,
        Reference = string.Create(CultureInfo.InvariantCulture, $"{caller.Bureau}-{form.Kind.Letters}-{now.Year}-{serial:D6}"), EnteredBy = caller.Actor.ToString(), EnteredAt = now,
        KeptUntil = form.KeptUntil is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : now.AddYears(ItemRules.KeptYears), Numbers = [.. form.Numbers],
    };

    private static string KeyOf(ItemNumber number) => $"{number.Field}/{number.Issuer}/{number.Value}";
}
