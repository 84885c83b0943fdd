using Amana.Server.Notices;
using Amana.Vocabulary;

namespace Amana.Server.Tests.Notices;

/// <summary>Requests that meet every condition a machine can check, to be spoiled one field at a time.</summary>
internal static class Requests
{
    public static readonly BureauCode Utopia = BureauCode.Of("UTO");
    public static readonly DateOnly Today = new(2026, 11, 27);
    public static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public static CheckFacts Facts => CheckFacts.Of(Utopia, Today);

    public static Dictionary<string, string> Red() => new(StringComparer.Ordinal)
    {
        ["familyName"] = "SPECIMEN", ["forename"] = "Example", ["sex"] = "M", ["birthDate"] = "1988-06-06", ["nationalities"] = "XA", ["physical"] = "Tall, scar on the left eyebrow",
        ["documents"] = "passport; L898902C3; UTO; 2027-12-31", ["action"] = "extradition", ["mode"] = "prosecution", ["offenceKind"] = "ordinary",
        ["facts"] = "On 2 October 2026 in Zenith the person showed a forged identity card to a bank employee and withdrew 41,000 specimen crowns.",
        ["factsFrom"] = "2026-10-02", ["factsPlace"] = "Zenith", ["role"] = "Acted alone", ["charges"] = "Fraud", ["laws"] = "Penal Code of Utopia, article 467",
        ["penaltyMonths"] = "120", ["warrantReference"] = "TR-2026-204", ["warrantIssuedOn"] = "2026-11-18", ["warrantAuthority"] = "Court of First Instance, Zenith",
        ["warrantKind"] = "judicial", ["warrantCountry"] = "XU", ["assuranceCompetent"] = "yes", ["assuranceExtradition"] = "yes", ["assuranceCoordinated"] = "Ministry of Justice",
    };

    public static Dictionary<string, string> Yellow() => new(StringComparer.Ordinal)
    {
        ["familyName"] = "MUSTER", ["forename"] = "Beispiel", ["sex"] = "F", ["birthDate"] = "2014-03-01", ["missingKind"] = "missing", ["reportedToPolice"] = "yes",
        ["circumstances"] = "Did not come home from school.", ["eventDate"] = "2026-11-20", ["eventPlace"] = "Zenith",
    };

    public static Dictionary<string, string> Of(NoticeColour colour) => colour switch
    {
        NoticeColour.Red => Red(),
        NoticeColour.Yellow => Yellow(),
        NoticeColour.Blue => With([], "familyName=SPECIMEN", "forename=Blue", "birthDate=1980", "caseStatus=suspect", "asked=location", "facts=Was seen at the place of the act."),
        NoticeColour.Black => With([], "identityUnknown=yes", "fingerprintsHeld=yes", "eventDate=2026-05-01", "eventPlace=Shore of Zenith", "circumstances=Found by a fisherman."),
        NoticeColour.Green => With([], "familyName=SPECIMEN", "forename=Green", "birthDate=1980", "assessment=May offend again.", "grounds=conviction", "groundsText=Judgment 12 of 2019", "byLawEnforcement=yes"),
        NoticeColour.Orange => With([], "threatKind=object", "threat=A parcel that explodes when opened", "imminent=yes", "measures=Do not open", "contact=Duty desk UTO"),
        NoticeColour.Purple => With([], "method=Cash hidden in hollow books", "offence=Money laundering", "unusual=yes"),
        NoticeColour.Silver => With([], "familyName=SPECIMEN", "forename=Silver", "birthDate=1970", "caseStatus=charged", "facts=Took money meant for a hospital.", "charges=Corruption", "laws=Penal Code, article 12",
            "penaltyMonths=60", "assetKinds=property", "assetsAim=locate", "nonCoercive=yes"),
        _ => With([], "familyName=SPECIMEN", "unKind=person", "unReference=QDi.999", "unListedOn=2020-01-01", "unResolution=1267", "unMeasures=travel-ban"),
    };

    public static Dictionary<string, string> With(Dictionary<string, string> request, params string[] changes)
    {
        foreach (string[] change in changes.Select(c => c.Split('=', 2))) request[change[0]] = change[1];
        return request;
    }

    public static NoticeContent Read(Dictionary<string, string> request, NoticeColour colour = NoticeColour.Red)
    {
        NoticeContent.Read(colour, request.ToDictionary(r => r.Key, r => (IReadOnlyList<string>)[r.Value], StringComparer.Ordinal)).Succeeded(out var content, out var refusal)
            .ShouldBeTrue($"{refusal?.Field}: {refusal?.Detail}");
        return content!;
    }

    public static PreCheck Check(Dictionary<string, string> request, NoticeColour colour = NoticeColour.Red, CheckFacts? facts = null) =>
        PreCheck.Of(colour, Read(request, colour), facts ?? Facts);

    /// <summary>A reviewer answers everything that is a person's to say.</summary>
    public static List<CriterionAnswer> Answered(PreCheck check) =>
        [.. check.Findings.Where(f => f.Outcome is Outcome.NeedsHuman).Select(f => new CriterionAnswer(f.Criterion.Id, true, "Weighed.", "person:reviewer", Now))];
}
