namespace Amana.Lists.Tests;

/// <summary>Counts that were taken from the files with other means (a CSV and an XML reader of another language).</summary>
public sealed class RealListsTests
{
    [Fact]
    public void The_evaluation_corpus_is_taken_whole()
    {
        var (entities, rejected) = Shared.ReadAll(Shared.RealFile("screening-eval/corpus.ndjson.gz"));
        entities.Count.ShouldBe(39_672);
        rejected.ShouldBeEmpty();
        entities.Count(e => e.Schema == "Vessel").ShouldBe(185);
        entities.Sum(e => Subjects.Of(e).Names.Count).ShouldBe(45_897);
        entities[0].Id.ShouldBe("D000000");
    }

    [Fact]
    public void The_parliaments_are_taken_whole_and_letters_of_Windows_1252_are_read()
    {
        var (entities, rejected) = Shared.ReadAll(Shared.RealFile("everypolitician/persons.ndjson.gz"));
        entities.Count.ShouldBe(40_877);
        rejected.ShouldBeEmpty();
        entities.Single(e => e.Id == "Kosovo/person/mp_AdemHod\u009eA").Caption.ShouldBe("Adem Hodža");
    }

    [Fact]
    public void The_Treasury_list_is_joined_with_its_aliases_and_keeps_orphans_aside()
    {
        var (entities, rejected) = Shared.ReadAll("ofac-sdn", null, null,
            Shared.RealFile("ofac-sdn/sdn.csv.gz"), Shared.RealFile("ofac-sdn/alt.csv.gz"));
        entities.Count.ShouldBe(4_453);
        rejected.Count(r => r.Code == ListCodes.OrphanAlias).ShouldBe(129);
        entities[0].Id.ShouldBe("ofac-sdn-475");
        entities.Single(e => e.Id == "ofac-sdn-540")["alias"].ShouldBe(["COIBA"]);
    }

    [Fact]
    public void The_Treasurys_other_list_is_joined_too()
    {
        var (entities, rejected) = Shared.ReadAll("ofac-cons", null, null,
            Shared.RealFile("ofac-sdn/cons_prim.csv.gz"), Shared.RealFile("ofac-sdn/cons_alt.csv.gz"));
        entities.Count.ShouldBe(214);
        rejected.Where(r => !r.RestTaken).ShouldBeEmpty();
        entities[0].Caption.ShouldBe("Mohammed ABU TEIR");
    }

    [Fact]
    public void The_Security_Council_list_is_taken_whole()
    {
        var (entities, rejected) = Shared.ReadAll("un-sc", null, null, Shared.RealFile("un-consolidated/consolidated.xml.gz"));
        entities.Count(e => e.Schema == "Person").ShouldBe(364);
        entities.Count(e => e.Schema == "Organization").ShouldBe(126);
        rejected.Where(r => !r.RestTaken).ShouldBeEmpty();
        var first = entities[0];
        first.Id.ShouldBe("un-sc-6907993");
        first.Caption.ShouldBe("ERIC BADEGE");
        first["birthDate"].ShouldBe(["1971"]);
        first["listingDate"].ShouldBe(["2012-12-31"]);
        first["unscId"].ShouldBe(["CDi.001"]);
        first.LastChange.ShouldBe(new DateTimeOffset(2016, 10, 13, 0, 0, 0, TimeSpan.Zero));
        entities.Single(e => e.Id == "un-sc-6907997")["weakAlias"].ShouldBe(["Commandant Jérôme"]);
        entities.Count(e => e["name"].Any(n => n.Any(c => c is >= '\u0600' and <= '\u06FF'))).ShouldBeGreaterThan(100);
    }
}
