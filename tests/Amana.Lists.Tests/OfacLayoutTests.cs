namespace Amana.Lists.Tests;

public sealed class OfacLayoutTests
{
    private static List<ListedEntity> Sample() => Shared.ReadAll("q", null, null, Shared.Made("sdn.csv", Samples.Ofac)).Entities;

    [Fact]
    public void Remarks_become_properties()
    {
        var person = Sample()[0];
        person.Id.ShouldBe("q-9001");
        person["name"].ShouldBe(["Anna Maria SPECIMEN"]);
        person["lastName"].ShouldBe(["SPECIMEN"]);
        person["birthDate"].ShouldBe(["1974-08-12", "1973"]);
        person["birthDateAbout"].ShouldBe(["1973"]);
        person["nationality"].ShouldBe(["fr"]);
        person["citizenship"].ShouldBe(["ir"]);
        person["gender"].ShouldBe(["female"]);
        person["passportNumber"].ShouldBe(["Q1234567"]);
        person["idNumber"].ShouldBe(["88-1"]);
        person["weakAlias"].ShouldBe(["ANNIE"]);
        person["program"].ShouldBe(["UTO", "QQQ"]);
        person["linkedTo"].ShouldBe(["UTOPIA TRADING"]);
    }

    [Fact]
    public void A_range_of_days_is_its_years_and_Jr_goes_to_the_end()
    {
        var person = Sample()[1];
        person.Caption.ShouldBe("Omar MUESTRA Jr.");
        person["birthDate"].ShouldBe(["1961", "1962"]);
    }

    [Fact]
    public void Ships_and_aircraft_have_their_own_fields()
    {
        var ship = Sample()[2];
        (ship.Schema, ship["callSign"][0], ship["imoNumber"][0], ship["mmsi"][0]).ShouldBe(("Vessel", "Q2EU4", "9187629", "572469210"));
        ship["flag"].ShouldBe(["mt"]);
        ship["pastFlags"].ShouldBe(["pa"]);
        var aircraft = Sample()[3];
        (aircraft.Schema, aircraft["registrationNumber"][0], aircraft["serialNumber"][0], aircraft["model"][0])
            .ShouldBe(("Airplane", "UT-QAA", "2101", "An-74"));
    }

    [Fact]
    public void Side_files_are_joined_whatever_their_order_and_weak_aliases_stay_weak()
    {
        var (entities, rejected) = Shared.ReadAll("q", null, null,
            Shared.Made("add.csv", "9005,1,\"Street 1\",\"Bogota\",\"Colombia\",-0- \n9001,2,-0- ,-0- ,\"France\",-0- \n"),
            Shared.Made("alt.csv", "9002,1,\"aka\",\"UMAR, O.\",-0- \n9001,2,\"aka\",\"'ANN'\",-0- \n9001,3,\"fka\",\"ESPECIMEN, A.\",-0- \n7,4,\"aka\",\"NOBODY\",-0- \n"),
            Shared.Made("sdn.csv", Samples.Ofac),
            Shared.Made("sdn_comments.csv", "9001,\"; nationality Iraq.\"\n"));
        entities[0]["weakAlias"].ShouldBe(["ANN", "ANNIE"]);
        entities[0]["previousName"].ShouldBe(["A. ESPECIMEN"]);
        entities[0]["nationality"].ShouldBe(["fr", "iq"]);
        entities[1]["alias"].ShouldBe(["O. UMAR"]);
        entities[4]["address"].ShouldBe(["Street 1, Bogota, Colombia"]);
        entities[4]["country"].ShouldBe(["co"]);
        var orphan = rejected.ShouldHaveSingleItem();
        (orphan.Code, orphan.File, orphan.Line).ShouldBe((ListCodes.OrphanAlias, "alt.csv", 4L));
    }

    [Fact]
    public void Aliases_without_their_main_file_are_refused() =>
        Shared.Refusal(Shared.Made("alt.csv", "7,4,\"aka\",\"NOBODY\",-0- \n")).Code.ShouldBe(ListCodes.NoMainFile);

    /// <summary>Counted with another CSV and another XML reader: entries with DOB, and entries with nationality or citizen.</summary>
    [Fact]
    public void Dates_and_countries_of_the_real_lists_are_read()
    {
        var (entities, rejected) = Shared.ReadAll("ofac-sdn", null, null, Shared.RealFile("ofac-sdn/sdn.csv.gz"));
        entities.Count(e => e["birthDate"].Count > 0).ShouldBe(2_243);
        Summary(rejected).ShouldBe("");
        entities.Count(e => e["nationality"].Count + e["citizenship"].Count > 0).ShouldBe(1_321);
        Summary(rejected).ShouldBe("");
    }

    [Fact]
    public void Dates_and_countries_of_the_Security_Council_are_read()
    {
        var (entities, rejected) = Shared.ReadAll("un-sc", null, null, Shared.RealFile("un-consolidated/consolidated.xml.gz"));
        entities.Count(e => e["birthDate"].Count > 0).ShouldBe(336);
        entities.Count(e => e["nationality"].Count > 0).ShouldBe(311);
        Summary(rejected).ShouldBe("");
    }

    private static string Summary(List<RejectedRow> rejected) =>
        string.Join('\n', rejected.GroupBy(r => (r.Code, r.Column, r.Excerpt)).Select(g => $"{g.Count()} {g.Key}"));
}
