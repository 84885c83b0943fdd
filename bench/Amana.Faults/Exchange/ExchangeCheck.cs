using System.Net.Http.Json;
using System.Text.Json;

namespace Amana.Faults.Exchange;

/// <summary>What must be true in the end, read from the bureaus' own journals and threads.</summary>
internal sealed class ExchangeCheck
{
    private sealed record SentLetter(Guid Id, string From, IReadOnlyList<string> To);

    private readonly List<string> _faults = [];

    /// <summary>One line for each fault that was found; at most some of them.</summary>
    public IReadOnlyList<string> Faults => _faults;
    public int Sent { get; private set; }
    public int Delivered { get; private set; }
    public int Entries { get; private set; }

    public static async Task<ExchangeCheck> RunAsync(IReadOnlyList<TestBureau> bureaus, IReadOnlyDictionary<Guid, (string From, string Text)> acknowledged, IReadOnlyList<string> ofRelay)
    {
        var check = new ExchangeCheck();
        check.Say(ofRelay);
        var sent = new Dictionary<string, List<SentLetter>>(StringComparer.Ordinal);
        foreach (var bureau in bureaus)
        {
            var entries = await EntriesAsync(bureau, "message.sent");
            sent[bureau.Code] = entries.ConvertAll(e => new SentLetter(e.GetProperty("letter").GetGuid(), bureau.Code, [.. e.GetProperty("to").EnumerateArray().Select(t => t.GetString()!)]));
            check.Sent += entries.Count;
        }

        var committed = sent.Values.SelectMany(s => s).Select(s => s.Id).ToHashSet();
        check.Say(acknowledged.Keys.Where(id => !committed.Contains(id)).Select(id => $"acknowledged and not in the writer's journal: {id}"));
        foreach (var bureau in bureaus)
        {
            await check.OrderAsync(bureau, sent);
            await check.TextsAsync(bureau, sent, acknowledged);
            await check.JournalAsync(bureau);
        }

        return check;
    }

    // In the order of the journal, which is that of the database: exactly once and as they were written, from each bureau and so in each thread.
    private async Task OrderAsync(TestBureau bureau, Dictionary<string, List<SentLetter>> sent)
    {
        var came = (await EntriesAsync(bureau, "message.received")).ConvertAll(e => (From: e.GetProperty("from").GetString()!, Id: e.GetProperty("letter").GetGuid()));
        Delivered += came.Count;
        foreach (var (from, letters) in sent.Where(s => s.Key != bureau.Code))
        {
            Guid[] wanted = [.. letters.Where(l => l.To.Contains(bureau.Code)).Select(l => l.Id)], got = [.. came.Where(c => c.From == from).Select(c => c.Id)];
            if (wanted.SequenceEqual(got)) continue;
            Say(wanted.Except(got).Select(id => $"{from} to {bureau.Code}: lost {id}"));
            Say(got.Except(wanted).Select(id => $"{from} to {bureau.Code}: nobody wrote {id}"));
            Say(got.GroupBy(id => id).Where(g => g.Count() > 1).Select(g => $"{from} to {bureau.Code}: twice {g.Key}"));
            if (wanted.Length == got.Length) Say([$"{from} to {bureau.Code}: not in order, first at {wanted.Zip(got).TakeWhile(p => p.First == p.Second).Count()}"]);
        }
    }

    private async Task TextsAsync(TestBureau bureau, Dictionary<string, List<SentLetter>> sent, IReadOnlyDictionary<Guid, (string From, string Text)> acknowledged)
    {
        var found = new Dictionary<Guid, string>();
        foreach (string reference in await ReferencesAsync(bureau))
        {
            foreach (var message in (await bureau.GetAsync($"api/v1/threads/{reference}")).GetProperty("messages").EnumerateArray())
            {
                var id = message.GetProperty("letter").GetGuid();
                if (!found.TryAdd(id, message.GetProperty("text").GetString()!)) Say([$"{bureau.Code}: {id} is in a thread twice"]);
            }
        }

        foreach (var letter in sent.Values.SelectMany(s => s).Where(l => l.From == bureau.Code || l.To.Contains(bureau.Code)))
        {
            if (!found.TryGetValue(letter.Id, out string? text)) Say([$"{bureau.Code}: {letter.Id} is in no thread"]);
            else if (acknowledged.TryGetValue(letter.Id, out var written) && written.Text.Trim() != text) Say([$"{bureau.Code}: {letter.Id} has another text"]);
        }
    }

    private async Task JournalAsync(TestBureau bureau)
    {
        using var answer = await bureau.Client.PostAsync(new Uri("api/v1/journal/check", UriKind.Relative), null);
        var check = await answer.Content.ReadFromJsonAsync<JsonElement>();
        if (check.GetProperty("fault").ValueKind is not JsonValueKind.Null) Say([$"{bureau.Code}: the journal does not prove itself: {check}"]);
        Entries += check.TryGetProperty("entries", out var entries) && entries.ValueKind is JsonValueKind.Number ? entries.GetInt32() : 0;
    }

    private static async Task<List<string>> ReferencesAsync(TestBureau bureau)
    {
        var references = new List<string>();
        for (int page = 1; ; page++)
        {
            var rows = (await bureau.GetAsync($"api/v1/threads?limit=100&page={page}")).GetProperty("threads");
            references.AddRange(rows.EnumerateArray().Select(r => r.GetProperty("reference").GetString()!));
            if (rows.GetArrayLength() < 100) return references;
        }
    }

    /// <returns>The details of all entries of the kind, oldest first.</returns>
    private static async Task<List<JsonElement>> EntriesAsync(TestBureau bureau, string what)
    {
        var found = new List<JsonElement>();
        long? before = null;
        do
        {
            var page = await bureau.GetAsync($"api/v1/journal?what={what}&limit=500{(before is null ? "" : $"&before={before}")}");
            found.AddRange(page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("details")));
            before = page.GetProperty("before").ValueKind is JsonValueKind.Number ? page.GetProperty("before").GetInt64() : null;
        }
        while (before is not null);
        found.Reverse();
        return found;
    }

    private void Say(IEnumerable<string> faults) => _faults.AddRange(faults.Take(Math.Max(0, 40 - _faults.Count)));
}
