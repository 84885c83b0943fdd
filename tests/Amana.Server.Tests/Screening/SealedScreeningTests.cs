using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Server.Screening;
using Amana.Server.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Screening;

/// <summary>Who has the database or the data folder without the keys learns no name from questions, hits and batches. A list's own records
/// stand open: they are data of the list.</summary>
public sealed class SealedScreeningTests
{
    // As it is asked, decided on and handed in: written otherwise than in the list, so that it can be told apart.
    private static readonly string[] Asked = ["Vexxolumbra", "Plimsharrow", "Quibbleton", "heron-shaped", "Zorfathiel"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neither_database_nor_data_folder_names_who_was_asked_for_decided_on_or_handed_in()
    {
        await using var own = await AmanaServer.StartOnSqliteAsync();
        var (hit, batch) = await WorkAsync(own);

        foreach (string path in Directory.EnumerateFiles(own.DataFolder, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is not (".lock" or ".new")))
        {
            byte[] bytes = await ReadAsync(path);
            if (Path.GetFileName(path) == "amana.db-wal") Encoding.UTF8.GetString(bytes).ShouldContain(hit, Case.Sensitive, "what was read is what is in use");
            foreach (string word in Asked)
            {
                bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)).ShouldBe(-1, $"{word} in {Path.GetRelativePath(own.DataFolder, path)}");
                bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word.ToUpperInvariant())).ShouldBe(-1, $"{word} in capitals in {Path.GetRelativePath(own.DataFolder, path)}");
            }
        }

        Directory.GetFiles(Path.Combine(own.DataFolder, "batches")).ShouldNotBeEmpty("the file of the batch is among those read");
        using var client = await own.ClientAsync(Right.Screen, Right.DecideHits);
        string again = await client.GetStringAsync($"api/v1/hits/{hit}", Cancel);
        foreach (string word in (string[])["Vexxolumbra", "heron-shaped", "Mithal Vexolumbra"]) again.ShouldContain(word);
        string results = await client.GetStringAsync($"api/v1/batches/{batch}/results?format=csv", Cancel);
        foreach (string word in (string[])["Plimsharrow", "2026-99-99"]) results.ShouldContain(word);
        (await client.GetStringAsync($"api/v1/batches/{batch}", Cancel)).ShouldContain("Zorfathiel");
    }

    [Fact]
    public async Task No_table_but_the_lists_own_holds_the_name_of_a_record()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await WorkAsync(own);
        await using var db = await own.OpenDbAsync();
        var engine = own.Services.GetRequiredService<IDatabaseEngine>();
        await using var connection = await engine.OpenAsync(Cancel);
        var holding = new List<string>();
        foreach (var table in StoredTable.All(db))
        {
            await WholeData.ReadAsync(engine, connection, table, (_, bytes) =>
            {
                if (Asked.Append("Vexolumbra").Any(word => bytes.Span.IndexOf(Encoding.UTF8.GetBytes(word)) >= 0)) holding.Add(table.Name);
                return ValueTask.CompletedTask;
            }, Cancel);
        }

        holding.Distinct().ShouldBe(["list_entities"]);
    }

    [Fact]
    public async Task Hits_and_batches_of_before_open_after_the_keys_were_changed_and_answers_find_them_again()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var (hit, batch) = await WorkAsync(own);
        own.Services.GetRequiredService<KeyRotation>().Change();
        await own.RestartAsync();
        await own.PutListAsync("sealed", Person("s-1", "Mithal Vexolumbra"), Person("s-2", "Oda Plimsharow"));
        using var client = await own.ClientAsync(Right.Screen, Right.DecideHits);
        (await client.GetStringAsync($"api/v1/hits/{hit}", Cancel)).ShouldContain("Vexxolumbra");
        (await client.GetStringAsync($"api/v1/batches/{batch}/results", Cancel)).ShouldContain("Plimsharrow");
        var answer = await AskAsync(client);
        answer.GetProperty("hits")[0].GetProperty("settled").GetProperty("hit").GetString().ShouldBe(hit, "the print of a question does not change with the keys");
    }

    [Fact]
    public async Task The_print_of_a_question_is_not_its_hash()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await WorkAsync(own);
        await using var db = await own.OpenDbAsync();
        QuestionReader.Read("""{"name":"Mithall Vexxolumbra","schema":"Person"}"""u8.ToArray()).Succeeded(out var question, out _).ShouldBeTrue();
        string hash = Fingerprint.Of(question!.Question), print = own.Services.GetRequiredService<QuestionPrints>().Of(question.Question);
        (await db.Set<AskedQuestion>().CountAsync(q => q.Fingerprint == print, Cancel)).ShouldBeGreaterThan(0);
        (await db.Set<AskedQuestion>().CountAsync(q => q.Fingerprint == hash, Cancel)).ShouldBe(0);
        (await db.Set<Server.Screening.Hit>().CountAsync(h => h.QuestionFingerprint == print, Cancel)).ShouldBe(1);
        (await own.JournalAsync("question.asked")).ShouldAllBe(e => !e.Details!.Contains(hash));
    }

    [Fact]
    public async Task A_file_of_a_batch_that_was_altered_is_not_read_on()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var files = own.Services.GetRequiredService<BatchFiles>();
        var id = Id<Batch>.New(TimeProvider.System);
        byte[] plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("name\nOda Plimsharrow\n", 200_000)));
        (await files.SaveAsync(id, new MemoryStream(plain), Cancel)).Bytes.ShouldBe(plain.Length);
        (await AllAsync()).AsSpan().SequenceEqual(plain).ShouldBeTrue();

        byte[] whole = await File.ReadAllBytesAsync(files.PathOf(id), Cancel);
        foreach (int at in (int[])[10, 120, whole.Length / 2, whole.Length - 1])
        {
            byte[] altered = [.. whole];
            altered[at] ^= 1;
            await File.WriteAllBytesAsync(files.PathOf(id), altered, Cancel);
            await Should.ThrowAsync<KeyException>(AllAsync);
        }

        await File.WriteAllBytesAsync(files.PathOf(id), whole[..(SealedChunks.ChunkBytes + 200)], Cancel);
        await Should.ThrowAsync<KeyException>(AllAsync, "cut off");

        async Task<byte[]> AllAsync()
        {
            await using var inside = files.Open(id, "b.csv", plain.Length).Open();
            using var all = new MemoryStream();
            await inside.CopyToAsync(all, Cancel);
            return all.ToArray();
        }
    }

    private static async Task<(string Hit, string Batch)> WorkAsync(AmanaServer own)
    {
        await own.PutListAsync("sealed", Person("s-1", "Mithal Vexolumbra"), Person("s-2", "Oda Plimsharow"));
        using var client = await own.ClientAsync(Right.Screen, Right.DecideHits);
        string hit = (await AskAsync(client, keep: true)).GetProperty("hits")[0].GetProperty("hit").GetString()!;
        (await client.PostAsJsonAsync($"api/v1/hits/{hit}/decision", new { verdict = "not-the-same", reason = "other", text = "The heron-shaped mark is missing, says Quibbleton" }, Cancel)).EnsureSuccessStatusCode();
        using var stream = new StringContent(string.Concat(Enumerable.Repeat("{\"name\":\"Mithall Vexxolumbra\",\"schema\":\"Person\"}\n", 600)), Encoding.UTF8, "application/x-ndjson");
        (await (await client.PostAsync("api/v1/screenings/bulk", stream, Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldContain("s-1");

        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes("id,name,birthDate\n1,Odda Plimsharrow,2026-99-99\n2,Mithall Vexxolumbra,\n"));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(new StringContent("Head of desk Quibbleton"), "agreed_by");
        form.Add(file, "file", "Zorfathiel.csv");
        string batch = (await (await client.PostAsync("api/v1/batches", form, Cancel)).ShouldBeJsonAsync(202)).GetProperty("reference").GetString()!;
        for (int tries = 0; (await client.GetFromJsonAsync<JsonElement>($"api/v1/batches/{batch}", Cancel)).GetProperty("state").GetString() != "done"; tries++)
        {
            tries.ShouldBeLessThan(300, "the batch ends");
            await Task.Delay(100, Cancel);
        }

        return (hit, batch);
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, bool keep = false) => await (await client.PostAsync($"api/v1/screenings?dataset=sealed&keep={keep}",
        new StringContent("""{"name":"Mithall Vexxolumbra","schema":"Person"}"""), Cancel)).ShouldBeJsonAsync();

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        await file.CopyToAsync(all, Cancel);
        return all.ToArray();
    }
}
