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
    public void Of_the_parliaments_only_persons_listed_twice_are_kept_aside()
    {
        var (entities, rejected) = Shared.ReadAll(Shared.RealFile("everypolitician/persons.ndjson.gz"));
        entities.Count.ShouldBe(40_853);
        rejected.Count.ShouldBe(24);
        rejected.ShouldAllBe(r => r.Code == ListCodes.DuplicateId);
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
}
