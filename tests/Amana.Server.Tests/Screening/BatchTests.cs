using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Screening;

public sealed class BatchTests(AmanaServer server) : IAsyncLifetime
{
    private const string List = "batch-specimens";

    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await server.PutListAsync(List, Person("bt-1", "Mithal Specimen"), Person("bt-2", "Muestra Ejemplo"), Person("bt-3", "=Beispiel Muster"));
        _client = await server.ClientAsync(Right.Screen, Right.DecideHits);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_file_is_answered_with_hits_for_matches_a_count_for_the_rest_and_its_bad_rows()
    {
        string file = "id,name,birthDate\n1,Mithal Specimen,1974-08-12\n2,Zzyzx Qwfp,\n3,,\n4,Muestra Ejemplo,1980-02-31\n5,Qwfp Zzyzx,\n";
        var batch = await DoneAsync(await TakeAsync(file, "passengers.csv", "text/csv"));
        batch.GetProperty("state").GetString().ShouldBe("done");
        batch.GetProperty("rowsDone").GetInt64().ShouldBe(5);
        batch.GetProperty("unreadable").GetInt64().ShouldBe(1);
        batch.GetProperty("warned").GetInt64().ShouldBe(1);
        batch.GetProperty("withHit").GetInt64().ShouldBe(2);
        batch.GetProperty("noMatch").GetInt64().ShouldBe(2);

        string reference = batch.GetProperty("reference").GetString()!;
        string results = await _client.GetStringAsync($"api/v1/batches/{reference}/results");
        results.ShouldNotContain("Zzyzx");
        var lines = results.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines.Where(l => l.TryGetProperty("entity", out _)).Select(l => l.GetProperty("entity").GetString()).ShouldBe(["bt-1", "bt-2"]);
        lines.Where(l => l.TryGetProperty("error", out _)).ShouldHaveSingleItem().GetProperty("row").GetInt64().ShouldBe(4);
        string csv = await _client.GetStringAsync($"api/v1/batches/{reference}/results?format=csv");
        csv.ShouldStartWith("row,id,asked,hit,list,entity");
        csv.ShouldContain("Mithal Specimen");

        (await server.JournalAsync("batch.taken", reference)).ShouldHaveSingleItem().Details!.ShouldContain(batch.GetProperty("sha256").GetString()!);
        (await server.JournalAsync("batch.results-fetched", reference)).Count.ShouldBe(2);
        await using var db = await server.OpenDbAsync();
        (await db.Set<AskedQuestion>().Where(q => q.Via == AskedVia.Batch && q.Body != null).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_report_begins_the_day_after_which_the_rows_are_deleted()
    {
        var batch = await DoneAsync(await TakeAsync("name\nMithal Specimen\n\n", "b.csv", "text/csv"));
        string reference = batch.GetProperty("reference").GetString()!;
        (await (await _client.GetAsync($"api/v1/batches/{reference}/results")).Content.ReadAsStringAsync()).ShouldContain("bt-1");
        var reported = await ReadAsync(reference);
        (reported.GetProperty("forgetAt").GetDateTimeOffset() - reported.GetProperty("reportedAt").GetDateTimeOffset()).ShouldBe(TimeSpan.FromHours(24));

        var forgotten = await (await _client.DeleteAsync($"api/v1/batches/{reference}")).ShouldBeJsonAsync();
        forgotten.GetProperty("state").GetString().ShouldBe("forgotten");
        forgotten.GetProperty("withHit").GetInt64().ShouldBe(1);
        await (await _client.GetAsync($"api/v1/batches/{reference}/results")).ShouldBeRefusedAsync(409, "batch.forgotten");
        await using var db = await server.OpenDbAsync();
        var row = await db.Set<Batch>().SingleAsync(b => b.Reference == reference);
        (await db.Set<Amana.Server.Screening.Hit>().AnyAsync(h => h.Batch == row.Id)).ShouldBeFalse();
        File.Exists(server.Services.GetRequiredService<BatchFiles>().PathOf(row.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_decided_hit_outlives_its_batch()
    {
        var batch = await DoneAsync(await TakeAsync("name\nMithal Specimen\n", "b.csv", "text/csv"));
        string reference = batch.GetProperty("reference").GetString()!;
        var hits = await (await _client.GetAsync($"api/v1/hits?batch={reference}")).ShouldBeJsonAsync();
        string hit = hits.GetProperty("hits")[0].GetProperty("reference").GetString()!;
        var body = new StringContent("""{"verdict":"same-person","reason":"document-agrees"}""", Encoding.UTF8, "application/json");
        await (await _client.PostAsync($"api/v1/hits/{hit}/decision", body)).ShouldBeJsonAsync();
        await (await _client.DeleteAsync($"api/v1/batches/{reference}")).ShouldBeJsonAsync();
        (await (await _client.GetAsync($"api/v1/hits/{hit}")).ShouldBeJsonAsync()).GetProperty("row").GetProperty("verdict").GetString().ShouldBe("same-person");
    }

    [Fact]
    public async Task A_multipart_form_carries_purpose_and_agreement_before_the_file()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Head of desk"), "agreed_by" },
            { new StringContent("missing-persons"), "purpose" },
            { new StringContent(List), "dataset" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes("{\"name\":\"Mithal Specimen\"}\n")) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } }, "file", "q.ndjson" },
        };
        var batch = await (await _client.PostAsync("api/v1/batches", form)).ShouldBeJsonAsync(202);
        batch.GetProperty("purpose").GetString().ShouldBe("missing-persons");
        batch.GetProperty("agreedBy").GetString().ShouldBe("Head of desk");
        batch.GetProperty("fileName").GetString().ShouldBe("q.ndjson");
        (await DoneAsync(batch)).GetProperty("withHit").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_is_paused_resumed_and_stopped_and_keeps_what_it_found()
    {
        var lines = new StringBuilder("name\n");
        for (int i = 0; i < 60_000; i++) lines.Append(i % 1_000 == 0 ? "Mithal Specimen\n" : "Zzyzx Qwfp\n");
        var taken = await TakeAsync(lines.ToString(), "long.csv", "text/csv");
        string reference = taken.GetProperty("reference").GetString()!;
        var paused = await (await _client.PostAsync($"api/v1/batches/{reference}/pause", null)).ShouldBeJsonAsync();
        paused.GetProperty("state").GetString().ShouldBe("paused");
        await (await _client.PostAsync($"api/v1/batches/{reference}/pause", null)).ShouldBeRefusedAsync(409, "batch.not-running");
        paused.GetProperty("rowsDone").GetInt64().ShouldBeLessThan(60_000);
        await Task.Delay(1_000);
        (await ReadAsync(reference)).GetProperty("rowsDone").GetInt64().ShouldBe(paused.GetProperty("rowsDone").GetInt64());
        await (await _client.PostAsync($"api/v1/batches/{reference}/resume", null)).ShouldBeJsonAsync();
        var stopped = await (await _client.PostAsync($"api/v1/batches/{reference}/stop", null)).ShouldBeJsonAsync();
        stopped.GetProperty("state").GetString().ShouldBe("stopped");
        await (await _client.PostAsync($"api/v1/batches/{reference}/resume", null)).ShouldBeRefusedAsync(409, "batch.not-paused");
    }

    [Fact]
    public async Task A_batch_goes_on_after_a_restart_without_doing_a_row_twice()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await own.PutListAsync(List, Person("bt-1", "Mithal Specimen"));
        using var client = await own.ClientAsync(Right.Screen);
        var lines = new StringBuilder("name\n");
        for (int i = 0; i < 20_000; i++) lines.Append(i % 100 == 0 ? "Mithal Specimen\n" : "Zzyzx Qwfp\n");
        var taken = await (await client.PostAsync($"api/v1/batches?agreed_by=Head&dataset={List}&name=long.csv", new StringContent(lines.ToString()))).ShouldBeJsonAsync(202);
        string reference = taken.GetProperty("reference").GetString()!;
        while ((await (await client.GetAsync($"api/v1/batches/{reference}")).ShouldBeJsonAsync()).GetProperty("rowsDone").GetInt64() == 0) await Task.Delay(20);
        await client.PostAsync($"api/v1/batches/{reference}/pause", null);
        await own.RestartAsync();
        await own.PutListAsync(List, Person("bt-1", "Mithal Specimen"));
        using var again = await own.ClientAsync(Right.Screen);
        await again.PostAsync($"api/v1/batches/{reference}/resume", null);
        JsonElement batch;
        do
        {
            await Task.Delay(100);
            batch = await (await again.GetAsync($"api/v1/batches/{reference}")).ShouldBeJsonAsync();
        }
        while (batch.GetProperty("state").GetString() is "queued" or "running");
        batch.GetProperty("state").GetString().ShouldBe("done");
        batch.GetProperty("rowsDone").GetInt64().ShouldBe(20_000);
        batch.GetProperty("hitsFound").GetInt64().ShouldBe(200);
        await using var db = await own.OpenDbAsync();
        (await db.Set<Amana.Server.Screening.Hit>().CountAsync()).ShouldBe(200);
    }

    [Theory]
    [InlineData("?agreed_by=", "name\nA B\n", 422, "batch.agreement-missing")]
    [InlineData("?agreed_by=Head", "", 400, "batch.file-empty")]
    [InlineData("?agreed_by=Head&dataset=no-such-list", "name\nA B\n", 404, "screening.dataset-unknown")]
    [InlineData("?agreed_by=Head&threshold=2", "name\nA B\n", 422, "screening.out-of-range")]
    [InlineData("?agreed_by=Head", "colour,size\nred,7\n", 400, "list.no-column")]
    [InlineData("?agreed_by=Head", "[{\"name\":\"A B\"}]", 400, "list.unknown-layout")]
    public async Task A_file_that_cannot_be_taken_is_refused_and_leaves_nothing(string query, string file, int status, string code)
    {
        string folder = Path.Combine(server.DataFolder, "batches");
        await (await _client.PostAsync($"api/v1/batches{query}", new StringContent(file))).ShouldBeRefusedAsync(status, code);
        await using var db = await server.OpenDbAsync();
        var known = (await db.Set<Batch>().Select(b => b.Id).ToListAsync()).Select(b => b.ToString()).ToHashSet();
        if (Directory.Exists(folder)) Directory.GetFiles(folder).Select(Path.GetFileName).ShouldAllBe(f => known.Contains(f!));
    }

    private async Task<JsonElement> TakeAsync(string file, string name, string type) =>
        await (await _client.PostAsync($"api/v1/batches?agreed_by=Head%20of%20desk&dataset={List}&name={name}", new StringContent(file, Encoding.UTF8, type))).ShouldBeJsonAsync(202);

    private async Task<JsonElement> ReadAsync(string reference) => await (await _client.GetAsync($"api/v1/batches/{reference}")).ShouldBeJsonAsync();

    private async Task<JsonElement> DoneAsync(JsonElement batch)
    {
        for (int i = 0; i < 300; i++)
        {
            var now = await ReadAsync(batch.GetProperty("reference").GetString()!);
            if (now.GetProperty("state").GetString() is not ("queued" or "running")) return now;
            await Task.Delay(100);
        }
        throw new TimeoutException("The batch is not done after 30 s.");
    }
}
