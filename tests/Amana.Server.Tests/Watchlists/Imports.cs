using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Tests.Shared;

namespace Amana.Server.Tests.Watchlists;

/// <summary>Sends lists to a real server and waits for their runs.</summary>
internal sealed class Imports(HttpClient client)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public static async Task<Imports> ToAsync(AmanaServer server) => new(await server.ClientAsync(Right.Import, Right.ReadLists, Right.ReadRecords));

    public static Imports To(ServerProcess server, string token) =>
        new(new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } });

    public HttpClient Client => client;

    /// <summary>FollowTheMoney lines of invented persons <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static string Persons(int from, int to, string family = "SPECIMEN") => string.Concat(Enumerable.Range(from, to - from + 1).Select(n =>
        $$$"""{"id":"Q-{{{n}}}","schema":"Person","caption":"{{{family}}} Number{{{n}}}","properties":{"name":["{{{family}}} Number{{{n}}}"],"birthDate":["1974-08-12"],"country":["fr"]}}""" + "\n"));

    public Task<HttpResponseMessage> SendAsync(string list, string fileName, byte[] content, string? format = null, string? mapping = null)
    {
        var form = new MultipartFormDataContent();
        if (format is not null) form.Add(new StringContent(format), "format");
        if (mapping is not null) form.Add(new StringContent(mapping), "mapping");
        form.Add(new ByteArrayContent(content), "file", fileName);
        return client.PostAsync($"api/v1/lists/{list}/files", form);
    }

    /// <summary>Sends and waits until the run is over, waits for a person, or is paused.</summary>
    public async Task<JsonElement> ImportAsync(string list, string content, string fileName = "a.ftm.json", string? format = null, string? mapping = null) =>
        await ImportAsync(list, Encoding.UTF8.GetBytes(content), fileName, format, mapping);

    public async Task<JsonElement> ImportAsync(string list, byte[] content, string fileName = "a.ftm.json", string? format = null, string? mapping = null)
    {
        var run = await (await SendAsync(list, fileName, content, format, mapping)).ShouldBeJsonAsync(202);
        return await EndOfAsync(run.GetProperty("ref").GetString()!);
    }

    public async Task<JsonElement> RunAsync(string reference) => await (await client.GetAsync($"api/v1/runs/{reference}")).ShouldBeJsonAsync();

    public Task<JsonElement> EndOfAsync(string reference) => WaitAsync(reference, run => State(run) is not ("queued" or "running"));

    public async Task<JsonElement> WaitAsync(string reference, Func<JsonElement, bool> until)
    {
        var longest = TimeProvider.System.GetUtcNow() + Longest;
        while (true)
        {
            var run = await RunAsync(reference);
            if (until(run)) return run;
            (TimeProvider.System.GetUtcNow() < longest).ShouldBeTrue($"{reference} does not come to it: {run}");
            await Task.Delay(20);
        }
    }

    /// <summary>The lines of a run's <c>rejected</c> or <c>changes</c>.</summary>
    public async Task<List<JsonElement>> LinesAsync(string reference, string what) =>
        [.. (await client.GetStringAsync($"api/v1/runs/{reference}/{what}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    public async Task<JsonElement> PostAsync(string address, object? body = null, int status = 200) =>
        await (await client.PostAsync(address, body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"))).ShouldBeJsonAsync(status);

    public async Task<int> CountAsync(string list) =>
        (await (await client.GetAsync($"api/v1/lists/{list}")).ShouldBeJsonAsync()).GetProperty("entityCount").GetInt32();

    /// <summary>Whether the version of the list that answers has the entity.</summary>
    public async Task<bool> HasAsync(string list, string id) =>
        (await (await client.GetAsync($"api/v1/records?list={list}&q={id}")).ShouldBeJsonAsync()).GetProperty("records").EnumerateArray()
            .Any(r => r.GetProperty("id").GetString() == id);

    public static byte[] Gzip(string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(content));
        return packed.ToArray();
    }

    public static string State(JsonElement run) => run.GetProperty("state").GetString()!;

    public static int Number(JsonElement run, string field) => run.GetProperty(field).GetInt32();

    /// <summary>A list name that no other test uses.</summary>
    public static string NewName(string word) => string.Create(CultureInfo.InvariantCulture, $"{word}-{Guid.CreateVersion7():N}");
}
