using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Amana.Tests.Shared;

namespace Amana.Server.Tests;

public class SmallWorldTests
{
    [Fact]
    public async Task Two_specimen_bureaus_start_together_have_written_to_each_other_and_find_all_as_it_was_when_they_start_again()
    {
        string folder = Directory.CreateTempSubdirectory("amana-world-").FullName;
        int port = PairOfPorts();
        var world = await StartAsync(folder, port);
        string said = await UntilSaidAsync(world, "Ctrl+C stops all");
        foreach (string part in (string[])[$"UTO  http://127.0.0.1:{port}/", $"QST  http://127.0.0.1:{port + 1}/", "name: officer", "utopia-training-only"]) said.ShouldContain(part);
        await UntilAsync(async () => (await ThreadsAsync(folder, "UTO", port)).Count == 3 && (await ThreadsAsync(folder, "QST", port + 1)).Count == 3);
        (await ThreadsAsync(folder, "QST", port + 1)).ShouldContain(t => t.GetProperty("subject").GetString() == "Fingerprint check, Ejemplo" && t.GetProperty("messages").GetInt32() == 2);
        int messages = await MessagesAsync(folder, port);
        await world.StopAsync();
        await UntilAsync(() => Task.FromResult(IsFree(port) && IsFree(port + 1)));

        await using var again = await StartAsync(folder, port);
        await UntilSaidAsync(again, "Ctrl+C stops all");
        (await MessagesAsync(folder, port)).ShouldBe(messages);
    }

    private static Task<ServerProcess> StartAsync(string folder, int port) =>
        ServerProcess.StartAsync(demo: true, folder, urls: $"http://127.0.0.1:{port}", more: ["--bureaus", "2"]);

    private static async Task<string> UntilSaidAsync(ServerProcess world, string text)
    {
        await UntilAsync(() => Task.FromResult(world.Lines.Any(l => l.Contains(text, StringComparison.Ordinal))));
        return string.Join('\n', world.Lines);
    }

    private static async Task<int> MessagesAsync(string folder, int port) =>
        (await ThreadsAsync(folder, "UTO", port)).Concat(await ThreadsAsync(folder, "QST", port + 1)).Sum(t => t.GetProperty("messages").GetInt32());

    private static async Task<List<JsonElement>> ThreadsAsync(string folder, string bureau, int port)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await ServerProcess.TokenOfAsync(Path.Combine(folder, bureau), "read-messages"));
        var view = await client.GetFromJsonAsync<JsonElement>("api/v1/threads", TestContext.Current.CancellationToken);
        return [.. view.GetProperty("threads").EnumerateArray()];
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var end = DateTime.UtcNow.AddMinutes(3);
        while (!await isSo())
        {
            if (DateTime.UtcNow > end) throw new TimeoutException("It did not come to that.");
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }

    private static int PairOfPorts() => Enumerable.Range(0, 100).Select(_ => Random.Shared.Next(20_000, 30_000)).First(p => IsFree(p) && IsFree(p + 1));

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
