using System.Globalization;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>Fills a training instance with invented things of bureau Utopia, by the way of every record. Numbers follow the specimen conventions of
/// ICAO Doc 9303: L898902C3 is the passport of its examples.</summary>
internal sealed class SpecimenItems(AmanaDb db, EnterItems enter, NumberShelf shelf, TimeProvider clock)
{
    private const string Purpose = "investigation";
    private static readonly BureauCode Utopia = BureauCode.Of("UTO");

    public async Task AddAsync(CancellationToken cancel)
    {
        if (await db.Items.AnyAsync(cancel)) return;
        if (!shelf.IsReady) await shelf.OpenAsync(cancel);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        string Day(int ago) => today.AddDays(-ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await EnterAsync(ItemKind.Document,
        [
            new(StringComparer.Ordinal) { ["number"] = "L898902C3", ["issuer"] = "UTO", ["type"] = "passport", ["fraud"] = "lost", ["lossDate"] = Day(272), ["nationalReference"] = "UT-LD-26-008817" },
            new(StringComparer.Ordinal) { ["number"] = "D23145890", ["issuer"] = "UTO", ["type"] = "identity-card", ["fraud"] = "stolen", ["lossDate"] = Day(90), ["lossPlace"] = "Zenith" },
            .. Enumerable.Range(0, 20).Select(i => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["number"] = string.Create(CultureInfo.InvariantCulture, $"SPEC{500_40 + i:D5}"), ["issuer"] = "UTO", ["type"] = "passport", ["fraud"] = "stolen-blank", ["lossDate"] = Day(30), ["nationalReference"] = "UT-BL-26-0014",
            }),
        ], cancel);
        await EnterAsync(ItemKind.Vehicle,
        [
            new(StringComparer.Ordinal) { ["vin"] = "1SPEC0000UT000042", ["plate"] = "UTO 00-SPEC-42", ["plateCountry"] = "UTO", ["fraud"] = "stolen", ["make"] = "Specimen", ["model"] = "Sedan", ["colour"] = "blue", ["year"] = "2021", ["lossDate"] = Day(25) },
            new(StringComparer.Ordinal) { ["vin"] = "1SPEC0000UT000077", ["engine"] = "SPM-77-00431", ["fraud"] = "stolen", ["make"] = "Specimen", ["model"] = "Van", ["colour"] = "white", ["lossDate"] = Day(61) },
        ], cancel);
        await EnterAsync(ItemKind.Firearm, [new(StringComparer.Ordinal) { ["serial"] = "SPC-F 104 778", ["make"] = "Specimen", ["calibre"] = "9 mm", ["fraud"] = "stolen", ["lossDate"] = Day(410) }], cancel);
        await EnterAsync(ItemKind.Vessel, [new(StringComparer.Ordinal) { ["imo"] = "IMO 9999979", ["hull"] = "UT-SPC00042K626", ["flag"] = "UTO", ["registration"] = "UT 4471", ["fraud"] = "stolen", ["vesselName"] = "SPECIMEN STAR", ["lossDate"] = Day(140) }], cancel);
        await EnterAsync(ItemKind.Art, [new(StringComparer.Ordinal) { ["inventory"] = "NM-1911-0042", ["title"] = "View of the harbour of Zenith (specimen)", ["material"] = "oil on canvas", ["dimensions"] = "61 x 74 cm", ["fraud"] = "stolen", ["lossDate"] = Day(2_000) }], cancel);
    }

    private async Task EnterAsync(ItemKind kind, List<Dictionary<string, string>> rows, CancellationToken cancel)
    {
        var result = await enter.RunAsync(new(kind, rows, Purpose), Caller.OfServer(Utopia), cancel);
        if (!result.Succeeded(out var entered, out var refused)) throw new InvalidOperationException($"Specimens were refused: {refused.Code}");
        if (entered.Rejected is [var rejected, ..]) throw new InvalidOperationException($"A specimen was refused: {rejected.Refusal.Code} {rejected.Refusal.Field}");
        db.ChangeTracker.Clear();
    }
}
