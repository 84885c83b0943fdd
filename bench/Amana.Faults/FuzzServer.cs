using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Amana.Server;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Faults;

/// <summary>Damaged requests to a running training instance, with a token that may everything: never an answer of 5xx.</summary>
internal static class FuzzServer
{
    private sealed record Asked(HttpMethod Method, string Path, string? Type, byte[] Body);

    private static readonly Asked[] Good =
    [
        Post("api/v1/screenings", """{"name":"Anna Specimen","birthDate":"1974-08-12","country":"ut"}"""),
        Post("match/default", """{"queries":{"q1":{"schema":"Person","properties":{"name":["Anna Specimen"],"country":["ut"]}}}}"""),
        Post("api/v1/screenings/bulk", """{"id":"1","name":"Anna Specimen"}""" + "\n", "application/x-ndjson"),
        Post("api/v1/notices", """{"colour":"red","fields":{"familyName":["Specimen"],"forenames":["Anna"],"birthDate":["1974-08-12"]}}"""),
        Post("api/v1/tokens", """{"name":"gate 4","rights":["screen"],"expires":"1s","mustExchange":true}"""),
        Post("connect/token", "grant_type=client_credentials&client_id=a&client_secret=b&scope=screen", "application/x-www-form-urlencoded"),
        Post("access/sign-in", "userName=officer&password=x&return=%2F", "application/x-www-form-urlencoded"),
        Post("witness/add-checkpoint", "old 0\n\nlog\n1\ngSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n\n— log 3hAOCEhhc2g=\n", "text/plain"),
        Get("notices/v1/red?name=specimen&forename=anna&ageMin=20&ageMax=60&nationality=UT&page=1&resultPerPage=20"),
        Get("search/default?q=anna%20specimen&limit=5&countries=ut"),
        Get("api/v1/journal?what=hit.&limit=10&from=2026-11-24T00%3A00%3A00Z"),
        Get("api/v1/hits?state=open&limit=10"),
        Get("journal/tile/0/000.p/3"),
        Get("hits?page=1&state=open"), Get("search?q=specimen&purpose=training"), Get("audit?from=2026-01-01&who=officer&before=9"), Get("notices?type=red&page=2"),
    ];

    public static async Task<int> RunAsync(TimeSpan lasts, int seed)
    {
        string folder = Directory.CreateTempSubdirectory("amana-fuzz-").FullName;
        var options = new StartOptions { DataFolder = folder, Urls = "http://127.0.0.1:0", Demo = true };
        long runs = 0;
        int faults = 0;
        var byStatus = new SortedDictionary<int, long>();
        await using (var app = AmanaHost.Build(options, services => services.AddLogging()))
        {
            await AmanaHost.StartAsync(app, options, CancellationToken.None);
            using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<Instance>().Address + "/") };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(app.Services));
            http.DefaultRequestHeaders.Add("Amana-Purpose", "training");
            var (random, watch) = (new Random(seed), Stopwatch.StartNew());
            var mutator = new Mutator(random);
            while (watch.Elapsed < lasts)
            {
                var asked = Damage(Good[random.Next(Good.Length)], mutator);
                runs++;
                int status = await SendAsync(http, asked);
                byStatus[status] = byStatus.GetValueOrDefault(status) + 1;
                if (status is > 0 and < 500) continue;
                if (status == 0) continue; // an address that no client can send
                faults++;
                if (faults <= 10) Console.WriteLine($"  server: {status} {asked.Method} {asked.Path}\n    {Convert.ToBase64String(asked.Body)}");
            }

            await app.StopAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"server: runs={runs} {string.Join(' ', byStatus.Select(s => $"{s.Key}:{s.Value}"))} faults={faults}"));
        return faults;
    }

    private static Asked Damage(Asked good, Mutator mutator)
    {
        if (good.Body.Length > 0) return good with { Body = mutator.Of(good.Body, [.. Good.Where(g => g.Body.Length > 0).Select(g => g.Body)]) };
        int query = good.Path.IndexOf('?', StringComparison.Ordinal);
        int from = query < 0 ? good.Path.LastIndexOf('/') + 1 : query + 1;
        byte[] damaged = mutator.Of(Encoding.UTF8.GetBytes(good.Path[from..]), [.. Good.Select(g => Encoding.UTF8.GetBytes(g.Path))]);
        // Bytes that cannot stand in an address are escaped, as a client would; a percent sign stays as it is.
        string text = string.Concat(damaged.Take(4000).Select(b => b is > 0x20 and < 0x7f and not ((byte)'#' or (byte)'"' or (byte)'<' or (byte)'>') ? ((char)b).ToString() : $"%{b:X2}"));
        return good with { Path = good.Path[..from] + text };
    }

    private static async Task<int> SendAsync(HttpClient http, Asked asked)
    {
        try
        {
            using var request = new HttpRequestMessage(asked.Method, new Uri(asked.Path, UriKind.Relative));
            if (asked.Type is not null)
            {
                request.Content = new ByteArrayContent(asked.Body);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(asked.Type);
            }

            using var answer = await http.SendAsync(request);
            await answer.Content.ReadAsByteArrayAsync();
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException or InvalidOperationException)
        {
            return 0;
        }
        catch (HttpRequestException)
        {
            return 599; // the connection broke off: as bad as a 500
        }
    }

    private static async Task<string> TokenAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var caller = Caller.OfServer(services.GetRequiredService<Instance>().Bureau);
        var result = await scope.ServiceProvider.GetRequiredService<MakeToken>().RunAsync(new("fuzz", [.. RightWords.ForMachines], "training", null), caller, CancellationToken.None);
        return result.Succeeded(out var made, out var refusal) ? made.Secret : throw new InvalidOperationException(refusal.Detail);
    }

    private static Asked Post(string path, string body, string type = "application/json") => new(HttpMethod.Post, path, type, Encoding.UTF8.GetBytes(body));

    private static Asked Get(string path) => new(HttpMethod.Get, path, null, []);
}
