using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Amana.Faults.Exchange;

/// <summary>Officers of the bureaus who write to each other the whole time, by the API. What was acknowledged is remembered.</summary>
internal sealed class LetterWriters(IReadOnlyList<TestBureau> bureaus, int pauseMilliseconds)
{
    /// <summary>Stands in every text.</summary>
    public const string Mark = "entirely-confidential";

    private const int PerBureau = 2, ThreadsEach = 3;

    /// <summary>Texts by letter: what was answered with 200.</summary>
    public ConcurrentDictionary<Guid, (string From, string Text)> Acknowledged { get; } = new();

    /// <summary>What else was answered: status and code, how often.</summary>
    public ConcurrentDictionary<string, int> Refused { get; } = new(StringComparer.Ordinal);

    public Task RunAsync(int seed, CancellationToken stop) =>
        Task.WhenAll(bureaus.SelectMany((bureau, b) => Enumerable.Range(0, PerBureau).Select(w => WriteAsync(bureau, w, new Random((seed * 100) + (b * PerBureau) + w), stop))));

    private async Task WriteAsync(TestBureau bureau, int writer, Random chance, CancellationToken stop)
    {
        string?[] threads = new string?[ThreadsEach];
        string[] others = [.. bureaus.Where(b => b != bureau).Select(b => b.Code)];
        for (int number = 0; !stop.IsCancellationRequested; number++)
        {
            int thread = chance.Next(ThreadsEach);
            // Each thread has its recipients, all others or one.
            string[] to = thread == 0 ? others : [others[(writer + thread) % others.Length]];
            string text = string.Create(CultureInfo.InvariantCulture, $"{Mark} {bureau.Code} writer {writer} thread {thread} number {number} {new string('x', chance.Next(2_000))}");
            threads[thread] = await WriteAsync(bureau, threads[thread], to, string.Create(CultureInfo.InvariantCulture, $"{bureau.Code} {writer} {thread}"), text) ?? threads[thread];
            await Task.Delay(chance.Next(pauseMilliseconds / 2, pauseMilliseconds * 3 / 2), CancellationToken.None);
        }
    }

    /// <summary>One letter to one bureau, in a thread of its own; again until it is acknowledged.</summary>
    public async Task WriteOnceAsync(TestBureau bureau, string to)
    {
        while (await WriteAsync(bureau, null, [to], $"{bureau.Code} to {to}", $"{Mark} {bureau.Code} to {to}") is null) await Task.Delay(500, CancellationToken.None);
    }

    /// <returns>The thread's reference; null when it was not acknowledged.</returns>
    private async Task<string?> WriteAsync(TestBureau bureau, string? thread, string[] to, string subject, string text)
    {
        object body = new { to, subject, text, purpose = "investigation", handling = new { source = "B", information = 2 } };
        try
        {
            using var answer = await bureau.Client.PostAsJsonAsync(thread is null ? "api/v1/threads" : $"api/v1/threads/{thread}/messages", body, CancellationToken.None);
            var said = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
            if (answer.IsSuccessStatusCode)
            {
                Acknowledged[said.GetProperty("letter").GetGuid()] = (bureau.Code, text);
                return said.GetProperty("reference").GetString();
            }

            Refused.AddOrUpdate($"{(int)answer.StatusCode} {(said.TryGetProperty("code", out var code) ? code.GetString() : "")}", 1, (_, n) => n + 1);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or JsonException)
        {
            // Killed in the middle of an answer: not acknowledged.
        }

        return null;
    }
}
