using System.Globalization;
using Amana.Matching.Fields;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.LostAndStolen;

/// <summary>What an owner says of an item, read and found good.</summary>
internal sealed record ItemForm
{
    public required ItemKind Kind { get; init; }
    public required string Fraud { get; init; }
    /// <summary>By field, without empty ones; numbers as written.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }
    public required IReadOnlyList<ItemNumber> Numbers { get; init; }
    public DateOnly? KeptUntil { get; init; }

    /// <param name="typed">Field to text; empty texts count as none.</param>
    /// <param name="owner">The bureau that enters it.</param>
    public static Result<ItemForm> Read(ItemKind kind, IReadOnlyDictionary<string, string> typed, BureauCode owner, DateOnly today)
    {
        if (typed.Keys.FirstOrDefault(name => !kind.Fields.Any(f => f.Name == name)) is { } stranger) return ItemRefusals.FieldUnknown.At(stranger);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in kind.Fields)
        {
            string text = typed.GetValueOrDefault(field.Name, "").Trim();
            if (text.Length == 0)
            {
                if (field.Required) return ItemRefusals.FieldMissing.At(field.Name);
                continue;
            }
            if (Check(field, ref text, today) is { } wrong) return wrong.At(field.Name);
            facts[field.Name] = text;
        }
        if (kind is ItemKind.Document && !Issuer.IsOf(facts["issuer"], owner)) return ItemRefusals.NotIssuer;
        var numbers = kind.Numbers.Where(f => facts.ContainsKey(f.Name)).Select(f => new ItemNumber
        {
            Kind = kind, Field = f.Name, Value = DocumentNumber.Parse(facts[f.Name], CultureInfo.InvariantCulture).Value, Issuer = f.Issuer is null ? null : facts.GetValueOrDefault(f.Issuer),
        }).ToList();
        if (numbers.Count == 0) return ItemRefusals.NumberMissing.At(kind.Numbers.First().Name);
        return new ItemForm
        {
            Kind = kind, Fraud = facts["fraud"], Facts = facts, Numbers = numbers,
            KeptUntil = facts.TryGetValue("keptUntil", out string? until) ? DateOnly.ParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        };
    }

    private static Refusal? Check(ItemField field, ref string text, DateOnly today)
    {
        if (text.Length > field.CharsMax) return ItemRefusals.FieldTooLong;
        switch (field.Kind)
        {
            case ItemFieldKind.Number:
                return DocumentNumber.TryRead(text, out var number, out _) && number.IsTelling ? null : ItemRefusals.NumberUnreadable;
            case ItemFieldKind.Country:
                bool known = Issuer.TryRead(text, out string issuer);
                if (known) text = issuer;
                return known ? null : ItemRefusals.CountryUnknown;
            case ItemFieldKind.Choice:
                return field.Choices!.Contains(text) ? null : ItemRefusals.ChoiceUnknown;
            case ItemFieldKind.Year:
                return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year is > 0 and < 2200 ? null : ItemRefusals.DateUnreadable;
            case ItemFieldKind.Date:
                if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return ItemRefusals.DateUnreadable;
                bool possible = field.Name switch { "lossDate" or "issueDate" => date <= today, "keptUntil" => date > today && date <= today.AddYears(ItemRules.KeptYears), _ => true };
                return possible ? null : ItemRefusals.DateOutOfRange;
            default:
                return null;
        }
    }
}
