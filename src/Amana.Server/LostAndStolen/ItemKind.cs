using System.Text.Json;

namespace Amana.Server.LostAndStolen;

/// <summary>What was lost or stolen. The numbers of different kinds never meet.</summary>
public enum ItemKind
{
    Document = 1,
    Vehicle = 2,
    Firearm = 3,
    Vessel = 4,
    Art = 5,
}

/// <summary>How the text of a field is read.</summary>
internal enum ItemFieldKind
{
    Text,
    /// <summary>A number that is checked against: it becomes an <see cref="ItemNumber"/>.</summary>
    Number,
    Country,
    Choice,
    Date,
    Year,
}

/// <param name="Issuer">Of a number: the field that says who gave it.</param>
internal sealed record ItemField(string Name, ItemFieldKind Kind, bool Required = false, int CharsMax = 60, string? Issuer = null, IReadOnlyList<string>? Choices = null);

/// <summary>What a record of each kind holds. There is no field for a person in any: the tables of travel documents hold no names, and
/// the rest follow them.</summary>
/// <remarks>Source: domain.md 2.3 for documents (fields and fraud types of the ICAO Facilitation Panel) and vehicles; the others are built alike.</remarks>
internal static class ItemRules
{
    /// <summary>After so many years a record deletes itself, unless its owner set an earlier day. Source: domain.md 2.3, "review date (auto-deletion, default 10 years)".</summary>
    public const int KeptYears = 10;
    /// <summary>A record that its owner withdrew answers nobody; it is kept so long for questions about it, and then deleted.</summary>
    public const int WithdrawnKeptDays = 30;

    private static readonly ItemField[] Common =
    [
        new("lossDate", ItemFieldKind.Date), new("lossPlace", ItemFieldKind.Text, CharsMax: 120), new("nationalReference", ItemFieldKind.Text),
        new("keptUntil", ItemFieldKind.Date), new("remarks", ItemFieldKind.Text, CharsMax: 500),
    ];

    private static readonly ItemField StolenOrLost = new("fraud", ItemFieldKind.Choice, Required: true, Choices: ["stolen", "lost"]);

    private static readonly Dictionary<ItemKind, ItemField[]> Fields = new()
    {
        [ItemKind.Document] =
        [
            new("number", ItemFieldKind.Number, Required: true, CharsMax: 40, Issuer: "issuer"), new("issuer", ItemFieldKind.Country, Required: true),
            new("type", ItemFieldKind.Choice, Required: true, Choices: ["passport", "diplomatic-passport", "service-passport", "identity-card", "residence-permit", "visa", "refugee-document", "other-document"]),
            new("fraud", ItemFieldKind.Choice, Required: true, Choices: ["stolen-blank", "lost", "stolen", "revoked"]),
            new("issueDate", ItemFieldKind.Date), new("expiryDate", ItemFieldKind.Date), .. Common,
        ],
        [ItemKind.Vehicle] =
        [
            new("vin", ItemFieldKind.Number, CharsMax: 40), new("plate", ItemFieldKind.Number, CharsMax: 20, Issuer: "plateCountry"), new("plateCountry", ItemFieldKind.Country),
            new("engine", ItemFieldKind.Number, CharsMax: 40), StolenOrLost, new("make", ItemFieldKind.Text), new("model", ItemFieldKind.Text), new("colour", ItemFieldKind.Text),
            new("year", ItemFieldKind.Year), .. Common,
        ],
        [ItemKind.Firearm] =
        [
            new("serial", ItemFieldKind.Number, Required: true, CharsMax: 40), new("make", ItemFieldKind.Text), new("model", ItemFieldKind.Text), new("calibre", ItemFieldKind.Text),
            new("fraud", ItemFieldKind.Choice, Required: true, Choices: ["stolen", "lost", "trafficked"]), new("madeIn", ItemFieldKind.Country), .. Common,
        ],
        [ItemKind.Vessel] =
        [
            new("imo", ItemFieldKind.Number, CharsMax: 20), new("hull", ItemFieldKind.Number, CharsMax: 40), new("registration", ItemFieldKind.Number, CharsMax: 20, Issuer: "flag"),
            new("flag", ItemFieldKind.Country), new("engine", ItemFieldKind.Number, CharsMax: 40), StolenOrLost, new("vesselName", ItemFieldKind.Text), new("make", ItemFieldKind.Text),
            new("model", ItemFieldKind.Text), new("colour", ItemFieldKind.Text), new("year", ItemFieldKind.Year), .. Common,
        ],
        [ItemKind.Art] =
        [
            new("inventory", ItemFieldKind.Number, Required: true, CharsMax: 40), StolenOrLost, new("title", ItemFieldKind.Text, CharsMax: 200), new("material", ItemFieldKind.Text),
            new("dimensions", ItemFieldKind.Text), new("year", ItemFieldKind.Year), .. Common,
        ],
    };

    extension(ItemKind kind)
    {
        public IReadOnlyList<ItemField> Fields => Fields[kind];
        public IEnumerable<ItemField> Numbers => Fields[kind].Where(f => f.Kind is ItemFieldKind.Number);
        /// <summary>As in addresses and JSON.</summary>
        public string Word => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
        /// <summary>In references: <c>UTO-TD-2026-000017</c>.</summary>
        public string Letters => kind switch { ItemKind.Document => "TD", ItemKind.Vehicle => "VH", ItemKind.Firearm => "FA", ItemKind.Vessel => "VS", _ => "WA" };
        /// <summary>Name of the icon in the sprite.</summary>
        public string Sign => kind switch { ItemKind.Document => "id-card", ItemKind.Vehicle => "car", ItemKind.Firearm => "crosshair", ItemKind.Vessel => "ship", _ => "landmark" };
    }

    public static ItemKind? KindOf(string? word) => Fields.Keys.Cast<ItemKind?>().FirstOrDefault(k => k!.Value.Word == word?.Trim());
}
