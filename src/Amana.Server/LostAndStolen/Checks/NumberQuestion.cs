using System.Text.Json;
using Amana.Matching.Fields;
using Amana.Matching.Numbers;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>What is asked: a number of a kind, and who issued it where that is known.</summary>
internal sealed record NumberQuestion(ItemKind Kind, DocumentNumber Number, string? Issuer, bool OneOff)
{
    /// <param name="oneOff">Also what is one character off. Of documents only with the country: without it too many strangers come near.</param>
    public static Result<NumberQuestion> Read(string? kind, string? number, string? issuer, bool oneOff)
    {
        if (ItemRules.KindOf(kind ?? "document") is not { } known) return ItemRefusals.KindUnknown;
        if (!DocumentNumber.TryRead(number, out var read, out _) || !read.IsTelling) return ItemRefusals.NumberUnreadable.At("number");
        string? by = null;
        if (!string.IsNullOrWhiteSpace(issuer))
        {
            if (!LostAndStolen.Issuer.TryRead(issuer, out string found)) return ItemRefusals.CountryUnknown.At("issuer");
            by = found;
        }
        return oneOff && known is ItemKind.Document && by is null ? ItemRefusals.IssuerNeeded : new NumberQuestion(known, read, by, oneOff);
    }

    /// <summary>Of a machine-readable zone only number and issuer are taken; the rest is forgotten.</summary>
    public static Result<NumberQuestion> ReadZone(string zone, int year, bool oneOff)
    {
        if (MachineReadableZone.TryRead(zone, year, out var read, out var refusal)) return Read("document", read.Number, read.IssuingState, oneOff);
        return refusal == FieldRefusals.ZoneCheckDigit ? ItemRefusals.ZoneCheckDigit : ItemRefusals.ZoneUnreadable;
    }

    /// <summary>What the number shows of itself: stable codes that pages translate.</summary>
    public IReadOnlyList<string> Notes => Kind switch
    {
        ItemKind.Vehicle when Number.Value.Length == VehicleNumber.Characters && VehicleNumber.PlaceOfForbidden(Number.Value) > 0 => ["vin-letter"],
        ItemKind.Vehicle when VehicleNumber.ChecksOut(Number.Value) is false => ["vin-check-digit"],
        ItemKind.Vessel when ShipNumber.ChecksOut(Number.Value) is false => ["imo-check-digit"],
        _ => [],
    };

    /// <summary>Keys of rows that may be meant.</summary>
    public void Lead(NumberShelf shelf, OneOff near, List<uint> keys)
    {
        string value = Number.Value;
        var key = NumberShelf.KeyOf(Kind, value, Issuer);
        shelf.Find(key, keys);
        if (Number.EndsInCheckDigit) shelf.Find(NumberShelf.KeyOf(Kind, value[..^1], Issuer), keys);
        if (CheckDigit.Of(value) is { } digit && value.Length < DocumentNumber.LettersMax) shelf.Find(NumberShelf.KeyOf(Kind, value + digit, Issuer), keys);
        if (OneOff) shelf.FindAny(near.Of((int)Kind, value), key.Tag, keys);
    }

    /// <summary>Null when the row is another number after all, or another country's.</summary>
    public NumberAgreement? Agreement(ItemNumber number)
    {
        if (number.Kind != Kind || (Issuer is not null && number.Issuer is not null && Issuer != number.Issuer)) return null;
        var listed = DocumentNumber.Parse(number.Value, null);
        var agreement = Number.Compare(listed);
        if (agreement is NumberAgreement.Differs) agreement = DocumentNumber.Parse(Number.Confusable, null).Compare(DocumentNumber.Parse(listed.Confusable, null));
        return agreement is NumberAgreement.Differs || (agreement is NumberAgreement.OneOff && !OneOff) ? null : agreement;
    }
}

/// <summary>One record that a number leads to.</summary>
/// <param name="Agreement">same, same-but-lookalikes, same-but-check-digit, one-off.</param>
/// <param name="Field">Which number of the record, such as vin.</param>
/// <param name="Listed">As the record has it.</param>
/// <param name="Facts">By field. No names of persons, by rule.</param>
internal sealed record NumberMatch(string Record, string Kind, string Agreement, string Field, string Listed, string? Issuer, string Fraud, BureauCode Owner,
    IReadOnlyDictionary<string, string> Facts, DateTimeOffset EnteredAt, DateTimeOffset KeptUntil)
{
    public static string Word(NumberAgreement agreement) => JsonNamingPolicy.KebabCaseLower.ConvertName(agreement.ToString());
}

/// <summary>What came of a check.</summary>
/// <param name="Outcome">hit: this very number; near: one that is like it; none.</param>
/// <param name="Number">As it was read.</param>
/// <param name="Notes">vin-letter, vin-check-digit, imo-check-digit.</param>
/// <param name="Matches">The nearest first, at most ten.</param>
/// <param name="Numbers">How many numbers were asked.</param>
internal sealed record NumberAnswer(string Outcome, string Kind, string Number, string? Issuer, IReadOnlyList<string> Notes, IReadOnlyList<NumberMatch> Matches, long Numbers)
{
    public const int MatchesMax = 10;

    public bool IsHit => Outcome == "hit";

    /// <summary>Of a zone: its check digits one by one; a zone with one that does not agree is refused.</summary>
    public IReadOnlyList<ZoneCheck> Zone { get; init; } = [];
}

/// <summary>From the keys that the shelf leads to, the rows, and from them the answers.</summary>
internal sealed class NumberRows(AmanaDb db, NumberShelf shelf)
{
    private const int KeysMax = 500;

    public async Task<NumberAnswer> AnswerAsync(NumberQuestion question, CancellationToken cancel)
    {
        var keys = new List<uint>();
        question.Lead(shelf, new OneOff(), keys);
        return Answer(question, await ReadAsync(keys, cancel));
    }

    /// <summary>Rows of items in force.</summary>
    public async Task<IReadOnlyList<ItemNumber>> ReadAsync(IReadOnlyCollection<uint> keys, CancellationToken cancel)
    {
        if (keys.Count == 0) return []; // the usual case: no word with the database
        var rows = new List<ItemNumber>();
        foreach (long[] some in keys.Distinct().Select(k => (long)k).Chunk(KeysMax))
            rows.AddRange(await db.ItemNumbers.AsNoTracking().Include(n => n.Of).Where(n => some.Contains(n.Key) && n.Of!.State == ItemState.InForce).ToListAsync(cancel));
        return rows;
    }

    public NumberAnswer Answer(NumberQuestion question, IEnumerable<ItemNumber> rows)
    {
        var matches = rows.Select(r => (Row: r, Agreement: question.Agreement(r))).Where(m => m.Agreement is not null)
            .GroupBy(m => m.Row.Item).Select(g => g.MinBy(m => m.Agreement)).OrderBy(m => m.Agreement).ThenBy(m => m.Row.Key).Take(NumberAnswer.MatchesMax)
            .Select(m => Of(m.Row, m.Agreement!.Value)).ToList();
        string outcome = matches.Count == 0 ? "none" : matches[0].Agreement == "same" ? "hit" : "near";
        return new(outcome, question.Kind.Word, question.Number.Value, question.Issuer, question.Notes, matches, shelf.Count);
    }

    private static NumberMatch Of(ItemNumber number, NumberAgreement agreement)
    {
        var item = number.Of!;
        return new(item.Reference, item.Kind.Word, NumberMatch.Word(agreement), number.Field, number.Value, number.Issuer, item.Fraud, item.Bureau, item.Facts, item.EnteredAt, item.KeptUntil);
    }
}
