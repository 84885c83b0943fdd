using System.Net.Http.Headers;
using System.Text.Json;

namespace Amana.Bench;

/// <summary>Sends a list to a running server again and again, each time with one person more, while something else is measured.</summary>
internal sealed class ListUpdates(HttpClient client, string list, string file)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Versions published until <paramref name="over"/>; the one at work then is waited for.</summary>
    public async Task<int> RunAsync(CancellationToken over)
    {
        byte[] rows = await File.ReadAllBytesAsync(file, CancellationToken.None);
        int published = 0;
        while (!over.IsCancellationRequested)
        {
            await UpdateAsync([.. rows, .. More(published)]);
            published++;
        }
        return published;
    }

    private async Task UpdateAsync(byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var sent = await client.PostAsync(new Uri($"api/v1/lists/{list}/files?file={Path.GetFileName(file)}", UriKind.Relative), body);
        var run = await JsonAsync(sent);
        string reference = run.GetProperty("ref").GetString()!;
        while (run.GetProperty("state").GetString() is "queued" or "running")
        {
            await Task.Delay(Look);
            using var answer = await client.GetAsync(new Uri($"api/v1/runs/{reference}", UriKind.Relative));
            run = await JsonAsync(answer);
        }
        if (run.GetProperty("state").GetString() is not "done") throw new InvalidOperationException(run.ToString());
    }

    private static byte[] More(int number)
    {
        string[] names = [$"Update {(char)('A' + (number % 26))}"];
        return [.. JsonSerializer.SerializeToUtf8Bytes(new { id = $"update-{number}", schema = "Person", caption = names[0], properties = new { name = names } }), (byte)'\n'];
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement.Clone() : throw new HttpRequestException(text);
    }
}
