using System.Net.Http.Headers;
using System.Text;
using Amana.Server.Access;
using Amana.Server.Screening;
using Amana.Server.Tests.Notices;
using Amana.Server.Tests.Screening;
using Amana.Server.Uploads;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Amana.Server.Tests.Notices.NoticeDesks;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Uploads;

/// <summary>Every door for files, with a scanner that finds the EICAR test file, one that is away, and one that takes less.</summary>
public class ScannerTests
{
    private const string Batch = "api/v1/batches?agreed_by=Head&name=b.csv", List = "api/v1/lists/scanned/files?file=l.csv&format=csv";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_with_a_finding_is_refused_at_every_door_not_kept_and_journaled_and_a_clean_one_is_taken(bool overSocket)
    {
        await using var clamd = overSocket ? FakeClamd.OnSocket() : FakeClamd.OnTcp();
        await using var own = await StartAsync(clamd.Address);
        await own.PutListAsync("some", Person("x-1", "Mithal Specimen"));
        using var client = await own.ClientAsync(Right.Screen, Right.Import);
        byte[] infected = [.. "name\nMithal Specimen\n"u8, .. FakeClamd.Eicar, .. "\n"u8];

        await (await client.PostAsync(Batch, Csv(infected), Cancel)).ShouldBeRefusedAsync(400, "upload.infected");
        await (await client.PostAsync(List, Raw(infected), Cancel)).ShouldBeRefusedAsync(400, "upload.infected");
        await (await client.PostAsync("api/v1/lists/scanned/files", Form(infected), Cancel)).ShouldBeRefusedAsync(400, "upload.infected");
        Directory.GetFiles(Path.Combine(own.DataFolder, "batches")).ShouldBeEmpty();
        await using (var db = await own.OpenDbAsync())
        {
            (await db.Set<Batch>().CountAsync(Cancel)).ShouldBe(0);
            (await db.Set<WatchList>().CountAsync(l => l.Name == "scanned", Cancel)).ShouldBe(0);
        }

        var refused = await own.JournalAsync("upload.refused");
        refused.Count.ShouldBe(3);
        refused.ShouldAllBe(e => e.Details!.Contains("Eicar-Signature") && !e.Details.Contains("b.csv"));
        (await client.PostAsync(Batch, Csv("name\nMithal Specimen\n"u8.ToArray()), Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        clamd.Scanned.ShouldBe(4);
    }

    [Fact]
    public async Task A_photograph_goes_through_the_scanner_as_it_was_sent()
    {
        await using var clamd = FakeClamd.OnTcp();
        await using var own = await StartAsync(clamd.Address);
        var desks = await AtAsync(own);
        string reference = Ref(await desks.DraftAsync(NewRed()));
        // What is hidden in a segment that would be left out is found all the same.
        byte[] picture = PictureTests.Jpeg(scan: [1, 2, 3]);
        byte[] hidden = [.. picture[..2], 0xFF, 0xFE, 0, (byte)(FakeClamd.Eicar.Length + 2), .. FakeClamd.Eicar, .. picture[2..]];
        await (await desks.Officer.PostAsync($"api/v1/notices/{reference}/pictures", Picture(hidden), Cancel)).ShouldBeRefusedAsync(400, "upload.infected");
        (await desks.Officer.PostAsync($"api/v1/notices/{reference}/pictures", Picture(picture), Cancel)).EnsureSuccessStatusCode();
        clamd.Scanned.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_taken_while_the_scanner_that_was_named_is_away()
    {
        string address;
        await using (var gone = FakeClamd.OnTcp()) address = gone.Address;
        await using var own = await StartAsync(address);
        await own.PutListAsync("some", Person("x-1", "Mithal Specimen"));
        using var client = await own.ClientAsync(Right.Screen, Right.Import);
        await (await client.PostAsync(Batch, Csv("name\nMithal Specimen\n"u8.ToArray()), Cancel)).ShouldBeRefusedAsync(503, "upload.scanner-away");
        await (await client.PostAsync(List, Raw("name\nMithal Specimen\n"u8.ToArray()), Cancel)).ShouldBeRefusedAsync(503, "upload.scanner-away");
        (await own.JournalAsync("upload.refused")).Count.ShouldBe(2);
        (await client.GetAsync("api/v1/batches", Cancel)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_file_that_the_scanner_does_not_take_whole_is_not_taken_by_half()
    {
        await using var clamd = FakeClamd.OnTcp();
        clamd.BytesMax = 200_000;
        await using var own = await StartAsync(clamd.Address);
        await own.PutListAsync("some", Person("x-1", "Mithal Specimen"));
        using var client = await own.ClientAsync(Right.Screen);
        byte[] large = Encoding.UTF8.GetBytes("name\n" + string.Concat(Enumerable.Repeat("Mithal Specimen\n", 200_000)));
        await (await client.PostAsync(Batch, Csv(large), Cancel)).ShouldBeRefusedAsync(413, "upload.scanner-limit");
        Directory.GetFiles(Path.Combine(own.DataFolder, "batches")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("127.0.0.1:3310", false)]
    [InlineData("http://127.0.0.1", false)]
    [InlineData("tcp://", false)]
    [InlineData("unix://", false)]
    [InlineData("tcp://[::1]:3310", true)]
    [InlineData("tcp://clamav:3310", true)]
    [InlineData("unix:///run/clamav/clamd.ctl", true)]
    public void An_address_is_read_or_named_as_wrong_at_the_start(string address, bool good) => (new ScannerOptions { Address = address }.Wrong() is null).ShouldBe(good);

    private static async Task<AmanaServer> StartAsync(string address)
    {
        var own = new AmanaServer { Change = services => services.AddSingleton(new ScannerOptions { Address = address }) };
        await own.InitializeAsync();
        return own;
    }

    private static ByteArrayContent Csv(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };

    private static ByteArrayContent Raw(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

    private static ByteArrayContent Picture(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };

    private static MultipartFormDataContent Form(byte[] bytes) => new() { { Csv(bytes), "file", "l.csv" } };
}
