using System.Net.Http.Json;
using System.Text.Json;

namespace Amana.Faults;

/// <summary>What a server has taken down: which acts of one kind stand in its journal, and whether the journal proves itself.</summary>
/// <param name="Found">References of the tokens that were made.</param>
/// <param name="Twice">How many of them stand there more than once.</param>
/// <param name="Fault">Null when the journal proves itself; else what the check said.</param>
internal sealed record Taken(IReadOnlySet<string> Found, int Twice, string? Fault)
{
    public static async Task<Taken> ReadAsync(HttpClient client)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        int twice = 0;
        long? before = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"api/v1/journal?what=token.made&limit=500{(before is null ? "" : $"&before={before}")}");
            foreach (var entry in page.GetProperty("entries").EnumerateArray())
            {
                if (!found.Add(entry.GetProperty("onWhat").GetString()!)) twice++;
            }

            before = page.GetProperty("before").ValueKind is JsonValueKind.Number ? page.GetProperty("before").GetInt64() : null;
        }
        while (before is not null);

        using var answer = await client.PostAsync(new Uri("api/v1/journal/check", UriKind.Relative), null);
        var check = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new(found, twice, check.GetProperty("fault").ValueKind is JsonValueKind.Null ? null : check.ToString());
    }
}
