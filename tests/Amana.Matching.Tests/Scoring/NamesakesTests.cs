using System.Globalization;
using Amana.Matching.Asking;
using Amana.Matching.Scoring;
using CsCheck;

namespace Amana.Matching.Tests.Scoring;

public class NamesakesTests
{
    private static readonly string[] Common = ["Mohamed Ahmed", "Maria Garcia", "Wang Wei"];
    private static readonly string[] Rare = ["Tzvetomir Ostrogradov", "Uxia Zabalbeascoa", "Okwudili Nzeribe"];

    private static double People(MatchIndex index, string asked, string listed) =>
        index.Ask(new Question { Names = [asked], Kind = SubjectKind.Person }, new AskOptions { MinScore = 0, Limit = 50 })
            .First(h => h.Caption == listed).Evidence[0].PeopleInMillion!.Value;

    private static MatchIndex Index(IEnumerable<string> names) =>
        MatchIndex.Build(names.Select((n, i) => new Subject { Id = $"{i}", Kind = SubjectKind.Person, Names = [new(n)] }), TestContext.Current.CancellationToken);

    [Fact]
    public void A_common_name_is_borne_by_many_times_as_many_people_as_a_rare_one()
    {
        using var index = Index([.. Common, .. Rare]);
        double least = Common.Min(n => People(index, n, n)), most = Rare.Max(n => People(index, n, n));
        least.ShouldBeGreaterThan(most * 100);
        People(index, "Mohamed Ahmed", "Mohamed Ahmed").ShouldBeInRange(100, 10_000);
        People(index, "Maria Garcia", "Maria Garcia").ShouldBeInRange(50, 5_000);
        People(index, "Wang Wei", "Wang Wei").ShouldBeInRange(10, 1_000);
        most.ShouldBeLessThan(1);
    }

    [Theory]
    [InlineData("محمد أحمد", "Mohamed Ahmed")]
    [InlineData("王伟", "Wang Wei")]
    [InlineData("Юрий Петров", "Yuri Petrov")]
    public void A_common_name_is_common_in_every_script(string written, string latin)
    {
        using var index = Index([.. Rare, written, latin]);
        double own = People(index, written, written), other = People(index, latin, latin);
        own.ShouldBeInRange(other / 10, other * 10);
    }

    /// <summary>Where the table of common names says nothing, the list itself does: of thousands, forty are called Qoran Testi.</summary>
    [Fact]
    public void A_name_that_many_on_the_list_bear_is_a_common_one()
    {
        string[] others = [.. Enumerable.Range(0, 4000).Select(i => $"Solo{Letters(i)} Unica{Letters(i * 7)}")];
        using var index = Index([.. Enumerable.Repeat("Qoran Testi", 40), .. others, "Belvar Ostik"]);
        People(index, "Qoran Testi", "Qoran Testi").ShouldBeGreaterThan(20 * People(index, "Belvar Ostik", "Belvar Ostik"));
    }

    [Fact]
    public void A_further_name_leaves_fewer_people_and_a_spelling_further_off_more()
    {
        using var index = Index([.. Common, .. Rare, "Mohamed Ahmed Ibrahim", "Mohamed"]);
        double one = People(index, "Mohamed", "Mohamed"), two = People(index, "Mohamed Ahmed", "Mohamed Ahmed"), three = People(index, "Mohamed Ahmed Ibrahim", "Mohamed Ahmed Ibrahim");
        one.ShouldBeGreaterThan(two);
        two.ShouldBeGreaterThan(three);
        People(index, "Muhammad Ahmad", "Mohamed Ahmed").ShouldBeGreaterThanOrEqualTo(two);
    }

    [Fact]
    public void Titles_and_particles_make_no_name_rarer_and_things_have_no_namesakes()
    {
        using var index = Index([.. Common, "Dr Maria Garcia"]);
        People(index, "Dr Maria Garcia", "Dr Maria Garcia").ShouldBe(People(index, "Maria Garcia", "Maria Garcia"), 1e-6);
        var ship = new Subject { Id = "V", Kind = SubjectKind.Vessel, Names = [new("Maria Garcia")] };
        Matcher.Compare(new Question { Names = ["Maria Garcia"], Kind = SubjectKind.Vessel }, ship).Evidence[0].PeopleInMillion.ShouldBeNull();
        var pair = Matcher.Compare(new Question { Names = ["Maria Garcia"] }, new Subject { Id = "1", Names = [new("María García")] });
        pair.Evidence[0].PeopleInMillion!.Value.ShouldBeInRange(10, 10_000);
    }

    /// <summary>Less evidence in any part, more people; never more than bear its rarest part.</summary>
    [Fact]
    public void It_falls_with_the_evidence_of_each_part()
    {
        const float population = 11.5f;
        foreach (var (nats, more, at) in Gen.Select(Gen.Float[0.1f, 11f].Array[1, 6], Gen.Float[0.1f, 3f], Gen.Int[0, 5]).Array[500].Single(_ => true, "0000KOiGtGd4"))
        {
            Rung[] rungs = [.. nats.Select(n => new Rung { Evidence = n, Own = 1 })];
            double before = Namesakes.InMillion(rungs, new double[rungs.Length], population)!.Value;
            before.ShouldBeLessThanOrEqualTo(1e6 * Math.Exp(-nats.Max()) + 1e-3, string.Join(' ', nats.Select(n => n.ToString(CultureInfo.InvariantCulture))));
            rungs[at % rungs.Length].Evidence += more;
            Namesakes.InMillion(rungs, new double[rungs.Length], population)!.Value.ShouldBeLessThanOrEqualTo(before);
        }
        Namesakes.InMillion([new Rung { Evidence = 1, Own = 0.1f }], [0], population).ShouldBeNull();
    }

    /// <summary>Beyond the answer itself, saying it takes no memory.</summary>
    [Fact]
    public void It_allocates_nothing()
    {
        var asked = new Asked();
        using var index = Index(Common);
        asked.Read(new Question { Names = ["Mohamed Ahmed محمد"] }, [index.Packed]);
        asked.Weigh([index.Packed]);
        Rung[] rungs = [.. Enumerable.Range(0, 3).Select(i => new Rung { Asked = 1u << i, Listed = 1u << i, Evidence = 3, Own = 1 })];
        Namesakes.InMillion(asked, asked.Name(0), rungs).ShouldNotBeNull();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Namesakes.InMillion(asked, asked.Name(0), rungs);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static string Letters(int number) => string.Concat(number.ToString("D5", CultureInfo.InvariantCulture).Select(c => (char)('a' + ((c - '0') * 2))));
}
