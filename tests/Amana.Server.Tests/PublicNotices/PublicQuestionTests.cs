using System.Diagnostics;
using Amana.Server.PublicNotices;
using Microsoft.AspNetCore.Http;

namespace Amana.Server.Tests.PublicNotices;

/// <summary>Filters and pages as clients of today ask for them.</summary>
public class PublicQuestionTests
{
    private static readonly DateOnly Today = new(2026, 11, 27);

    private static readonly List<ReleasedNotice> Shown =
    [
        New("2026/1", "ANDERS", "ANNA", "1990/11/27", "F", ["XA"], "XU"), New("2026/2", "BO", null, "1960", "M", ["XA", "QM"], "QM"), New("2026/3", "D'ARC (EX)", "-", null, "U", [], null),
        New("2026/4", "ÖRNEK", "KİŞİ", "2000/00/00", "M", ["QM"], "XU"),
    ];

    private static ReleasedNotice New(string id, string name, string? forename, string? born, string sex, string[] nationalities, string? wantedBy) => new()
    {
        Id = id, Kind = PublicKind.Red, PublishedAt = DateTimeOffset.UnixEpoch, Name = name, Forename = forename, DateOfBirth = born, Sex = sex, Nationalities = nationalities,
        Warrants = [new PublicWarrant(wantedBy, PublicWords.Of("Fraud and laundering"))],
    };

    private static PublicQuestion Read(string query) => PublicQuestion.Read(new QueryCollection(
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query).ToDictionary(q => q.Key, q => q.Value)));

    private static string Found(string query) => string.Join(' ', Read(query).Of(Shown, Today)!.Select(n => n.Id[5..]));

    [Theory]
    [InlineData("", "1 2 3 4")]
    [InlineData("?_=123&page=&name=", "1 2 3 4")]
    [InlineData("?name=an", "1")]
    [InlineData("?name=^..$", "2")]
    [InlineData("?name=^.{6}$", "1")]
    [InlineData("?name=(EX)", "3")]
    [InlineData("?name=d'arc (", "3")]
    [InlineData("?name=(?<=A)N", "")]
    [InlineData("?forename=^$", "2")]
    [InlineData("?forename=-", "3")]
    [InlineData("?nationality=qm", "2 4")]
    [InlineData("?nationality=XA&sexId=F", "1")]
    [InlineData("?arrestWarrantCountryId=XU", "1 4")]
    [InlineData("?ageMin=36&ageMax=36", "1")]
    [InlineData("?ageMin=60", "2")]
    [InlineData("?ageMax=26", "4")]
    [InlineData("?ageMin=young", "1 2 3 4")]
    [InlineData("?freeText=laundering anders", "1")]
    [InlineData("?unResolution=1267", "")]
    public void A_filter_finds_what_clients_expect(string query, string expected) => Found(query).ShouldBe(expected);

    [Theory]
    [InlineData("", 1, 20)]
    [InlineData("?page=0&resultPerPage=0", 1, 20)]
    [InlineData("?page=-1&resultPerPage=-5", 1, 20)]
    [InlineData("?page=x&resultPerPage=y", 1, 20)]
    [InlineData("?page=3&resultPerPage=999999999999", 3, 160)]
    [InlineData("?resultPerPage=161", 1, 160)]
    [InlineData("?resultPerPage=5", 1, 5)]
    public void A_page_that_cannot_be_is_the_nearest_that_can(string query, int page, int perPage)
    {
        var asked = Read(query);
        (asked.Page, asked.PerPage).ShouldBe((page, perPage));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|a)*b")]
    [InlineData("((a{1,100}){1,100}){1,100}")]
    [InlineData("(.*)*(.*)*(.*)*(.*)*x")]
    [InlineData("[[[[[")]
    [InlineData("\\")]
    [InlineData("(?R)")]
    [InlineData("a{99999999}")]
    [InlineData("(x{1000}){1000}")]
    public void No_pattern_takes_long(string pattern)
    {
        List<ReleasedNotice> many = [.. Enumerable.Range(0, 10_000).Select(i => New($"2026/{i}", new string('a', 60) + i, "B", null, "U", [], null))];
        long since = Stopwatch.GetTimestamp();
        Read("?name=" + Uri.EscapeDataString(pattern)).Of(many, Today);
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Only_what_was_given_is_echoed_and_links_stay_within_reach()
    {
        List<ReleasedNotice> many = [.. Enumerable.Range(1, 214).Select(i => New($"2026/{i}", "N", "F", null, "U", ["XA"], null))];
        var page = new PublicShapes("https://h", 1).Page(Read("?nationality=XA&page=9&other=1&resultPerPage=20"), "red", many);
        page["total"]!.GetValue<int>().ShouldBe(214);
        page["query"]!.ToJsonString().ShouldBe("""{"page":8,"resultPerPage":20,"nationality":"XA"}""");
        page["_embedded"]!["notices"]!.AsArray().Count.ShouldBe(20);
        page["_links"]!.AsObject().Select(l => l.Key).ShouldBe(["self", "first", "prev", "last"]);
        page["_links"]!["last"]!["href"]!.GetValue<string>().ShouldBe("https://h/notices/v1/red?nationality=XA&resultPerPage=20&page=8");
        new PublicShapes("https://h", 1).Page(Read("?resultPerPage=50&page=4"), "red", many)["_embedded"]!["notices"]!.AsArray().Count.ShouldBe(10);
        var first = new PublicShapes("https://h", 1).Page(Read(""), "red", many);
        first["_links"]!.AsObject().Select(l => l.Key).ShouldBe(["self", "first", "next", "last"]);
        var none = new PublicShapes("https://h", 1).Page(Read("?page=7"), "red", []);
        none["_links"]!.AsObject().Select(l => l.Key).ShouldBe(["self", "first", "last"]);
    }
}
