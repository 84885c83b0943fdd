using System.Globalization;

namespace Amana.Server.Notices;

/// <summary>Invented requests: names are words for "specimen", "sample" and "example", countries are user-assigned codes (XU is
/// Utopia), nobody exists.</summary>
internal static class SpecimenRequests
{
    public const int RedCount = 214, YellowCount = 30, UnPersons = 6, UnEntities = 4;

    private static readonly string[] Families =
    [
        "Namudhaji", "Örnek", "Modelo", "Wzór", "Vzor", "Muster", "Specimen", "Ejemplo", "Esempio", "Przykład", "Obrazec", "Deigma", "Példa", "Contoh", "Mfano", "Halimbawa", "Amostra",
        "Esemplare", "Voorbeeld", "Eksempel", "Esimerkki", "Näidis", "Paraugs", "Pavyzdys", "Příklad", "Primjer", "Uzorak", "Minta", "Exemplu", "Sample",
    ];

    private static readonly string[] Forenames = ["Mithal ben Ayina", "Kişi", "Persona", "Próba", "Příklad", "Beispiel", "Example", "Muestra", "Prova", "Exemple", "Ukázka", "Näide", "Proba", "Contoh"];

    private static readonly Dictionary<string, string> Originals = new(StringComparer.Ordinal)
    {
        ["Namudhaji"] = "النموذجي", ["Obrazec"] = "ОБРАЗЕЦ", ["Deigma"] = "ΔΕΙΓΜΑ", ["Primjer"] = "ПРИМЕР", ["Uzorak"] = "УЗОРАК",
    };

    private static readonly (string En, string Ar, string Fr, string Es)[] Offences =
    [
        ("Fraud and laundering of proceeds", "الاحتيال وغسل العائدات", "Escroquerie et blanchiment du produit", "Estafa y blanqueo de capitales"),
        ("Use of forged documents", "استعمال وثائق مزورة", "Usage de faux documents", "Uso de documentos falsos"),
        ("Trafficking of works of art", "الاتجار بالأعمال الفنية", "Trafic d’œuvres d’art", "Tráfico de obras de arte"),
        ("Robbery", "السرقة بالإكراه", "Vol avec violence", "Robo con violencia"),
        ("Wildlife trafficking", "الاتجار بالأحياء البرية", "Trafic d’espèces sauvages", "Tráfico de fauna y flora silvestres"),
        ("Arson", "الحريق العمد", "Incendie volontaire", "Incendio provocado"),
        ("Smuggling of people", "تهريب البشر", "Trafic illicite de migrants", "Tráfico ilícito de personas"),
        ("Theft of vehicles", "سرقة المركبات", "Vol de véhicules", "Robo de vehículos"),
        ("Extortion", "الابتزاز", "Extorsion", "Extorsión"),
        ("Computer fraud", "الاحتيال المعلوماتي", "Fraude informatique", "Fraude informático"),
        ("Counterfeiting of currency", "تزييف العملة", "Faux monnayage", "Falsificación de moneda"),
        ("Trafficking of firearms", "الاتجار بالأسلحة النارية", "Trafic d’armes à feu", "Tráfico de armas de fuego"),
    ];

    private static readonly string[] Countries = ["XU", "QM", "QN", "QS", "QV", "XA"];

    public static Dictionary<string, string> Red(int i, DateOnly today)
    {
        var (offence, inArabic, inFrench, inSpanish) = Offences[i * 5 % Offences.Length];
        string family = Families[i % Families.Length], place = i % 3 == 0 ? "Zénith" : "Port Sample";
        var acts = today.AddDays(-400 - i);
        var request = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["familyName"] = Serial(family, i / Families.Length), ["forename"] = Forenames[i * 3 % Forenames.Length], ["sex"] = i % 4 == 1 ? "F" : "M", ["birthDate"] = Born(i, 1950, 45),
            ["birthPlace"] = place, ["birthCountry"] = Countries[i % 5], ["nationalities"] = Countries[i % 6], ["heightCm"] = Say(155 + (i * 7 % 40)), ["weightKg"] = Say(50 + (i * 11 % 55)),
            ["eyes"] = i % 3 == 0 ? "BRO" : "BLA", ["hair"] = i % 4 == 0 ? "BLA" : "BRO", ["languages"] = i % 2 == 0 ? "ARA" : "ENG", ["physical"] = "Invented description",
            ["action"] = "extradition", ["mode"] = "prosecution", ["offenceKind"] = "ordinary", ["charges"] = offence, ["charges.ar"] = inArabic, ["charges.fr"] = inFrench, ["charges.es"] = inSpanish, ["textLanguage"] = "en", ["laws"] = $"Penal Code of Utopia, article {Say(400 + (i % 180))}",
            ["facts"] = $"Between {Month(acts)} and {Month(acts.AddDays(90))} in {place} (specimen case {Say(i + 1)}) the person is alleged to have committed {offence.ToLowerInvariant()}, causing a loss of {Say((i % 90) + 3)},000 specimen crowns.",
            ["factsFrom"] = acts.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["factsTo"] = acts.AddDays(90).ToString("yyyy-MM", CultureInfo.InvariantCulture), ["factsPlace"] = place, ["role"] = "Principal",
            ["penaltyMonths"] = Say(24 + (i % 12 * 12)), ["warrantReference"] = $"TR-{Say(today.Year - 1)}-{Say(100 + i)}", ["warrantIssuedOn"] = acts.AddDays(200).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["warrantAuthority"] = "Court of First Instance, Zénith", ["warrantKind"] = "judicial", ["warrantCountry"] = "XU",
            ["assuranceCompetent"] = "yes", ["assuranceExtradition"] = "yes", ["assuranceCoordinated"] = "Ministry of Justice of Utopia", ["handling"] = "H2",
            ["release"] = "yes", ["releaseParts"] = "photograph\ncharge\ndescription",
        };
        if (Originals.TryGetValue(family, out string? original)) request["familyNameOriginal"] = original;
        if (i == 0) (request["birthDate"], request["documents"], request["warnings"]) = ("1974-08-12", "passport; L898902C3; UTO; 2027-12-31", "armed");
        if (i % 17 == 5) request.Remove("forename"); // R6, set B: a photograph and another name instead
        if (i % 17 == 5) request["aliases"] = "Muestra";
        if (i % 9 == 7) request["nationalities"] = "XA\nQM\nQN";
        if (i % 11 == 3) request["birthDate"] = request["birthDate"][..4];
        return request;
    }

    public static Dictionary<string, string> Yellow(int i, DateOnly today) => new(StringComparer.Ordinal)
    {
        ["familyName"] = Serial(Families[(i * 7) % Families.Length], 9), ["forename"] = Forenames[i % Forenames.Length], ["sex"] = i % 2 == 0 ? "F" : "M", ["birthDate"] = Born(i, 2009, 12),
        ["birthPlace"] = "Zénith", ["birthCountry"] = "XU", ["nationalities"] = Countries[i % 6], ["heightCm"] = Say(110 + (i * 3 % 60)), ["eyes"] = "BRO", ["hair"] = "BLA", ["languages"] = "ARA",
        ["missingKind"] = "missing", ["reportedToPolice"] = "yes", ["circumstances"] = "Did not come home (specimen).", ["eventDate"] = today.AddDays(-20 - (i * 9)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["eventPlace"] = "Port Sample", ["eventCountry"] = "XU", ["privacyLawAllows"] = "yes", ["motherName"] = "Exemple", ["motherForename"] = "Muestra", ["fatherName"] = "Beispiel", ["fatherForename"] = "Prova",
        ["release"] = "yes", ["releaseParts"] = "photograph\ndescription",
    };

    public static Dictionary<string, string> Un(int i) => i < UnPersons ? new(StringComparer.Ordinal)
    {
        ["familyName"] = Serial(Families[(i * 4) + 2], 8), ["forename"] = Forenames[i], ["familyNameOriginal"] = "نموذج", ["forenameOriginal"] = "مثال", ["sex"] = "M", ["birthDate"] = Born(i, 1960, 20), ["birthPlace"] = "Zénith",
        ["birthCountry"] = "XU", ["nationalities"] = Countries[i % 6], ["aliases"] = $"Specimen alias {Say(i + 1)}", ["unKind"] = "person", ["unReference"] = $"SPi.{Say(901 + i)}", ["unListedOn"] = $"20{Say(10 + i)}-05-0{Say(i + 1)}",
        ["unResolution"] = i % 2 == 0 ? "1267" : "1988", ["unMeasures"] = "assets-freeze\ntravel-ban", ["summary"] = "Invented listing for training.", ["addresses"] = "Street of Samples 1, Zénith", ["profession"] = "Specimen",
        ["documents"] = $"passport; SPEC{Say(10_000 + i)}; XU; 2030-01-01",
    } : new(StringComparer.Ordinal)
    {
        ["familyName"] = $"Échantillon Holding {Say(i - UnPersons + 1)}", ["familyNameOriginal"] = "عينة القابضة", ["aliases"] = "Sample Holding\nMuster Holding", ["formerNames"] = "Specimen Trading",
        ["unKind"] = "entity", ["unReference"] = $"SPe.{Say(951 + i)}", ["unListedOn"] = "2018-03-04", ["unResolution"] = "1267", ["unMeasures"] = "assets-freeze", ["summary"] = "Invented listing for training.",
        ["addresses"] = "Port Sample", ["profession"] = "Trade in samples",
    };

    /// <summary>One of each type that is never public.</summary>
    public static IEnumerable<(NoticeColour Colour, Dictionary<string, string> Request)> Others() =>
    [
        (NoticeColour.Blue, Fields("familyName=Образец", "forename=Пример", "birthDate=1980", "caseStatus=suspect", "asked=location", "facts=Was seen at the place of a specimen burglary in Zénith.")),
        (NoticeColour.Black, Fields("identityUnknown=yes", "fingerprintsHeld=yes", "eventDate=2026-05-01", "eventPlace=Shore of Port Sample", "circumstances=Found by a specimen fisherman.", "clothing=Blue coat")),
        (NoticeColour.Green, Fields("familyName=Voorbeeld", "forename=Persona", "birthDate=1971-02-03", "assessment=May offend again in other countries (specimen).", "grounds=conviction", "groundsText=Judgment 12 of 2019", "byLawEnforcement=yes")),
        (NoticeColour.Orange, Fields("threatKind=object", "threat=Parcels with a specimen fuse are sent to post offices", "imminent=yes", "measures=Do not open", "contact=Duty desk of Utopia")),
        (NoticeColour.Purple, Fields("method=Cash hidden in hollow specimen books", "offence=Money laundering", "unusual=yes")),
        (NoticeColour.Silver, Fields("familyName=Esempio", "forename=Prova", "birthDate=1970", "caseStatus=charged", "facts=Is alleged to have taken money meant for a specimen hospital.", "charges=Corruption", "laws=Penal Code of Utopia, article 12",
            "penaltyMonths=60", "assetKinds=property\naccount", "assets=House at Street of Samples 4", "assetsAim=locate\nidentify", "nonCoercive=yes")),
    ];

    private static Dictionary<string, string> Fields(params string[] fields) => fields.Select(f => f.Split('=', 2)).ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);

    private static string Serial(string name, int serial) => serial == 0 ? name : $"{name} {(char)('A' + serial)}";

    private static string Born(int i, int from, int years) => string.Create(CultureInfo.InvariantCulture, $"{from + (i * 13 % years):D4}-{(i * 5 % 12) + 1:D2}-{(i * 11 % 28) + 1:D2}");

    private static string Month(DateOnly day) => day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Say(int number) => number.ToString(CultureInfo.InvariantCulture);
}
