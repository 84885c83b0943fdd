using System.Diagnostics;
using System.Globalization;
using Amana.Server;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Journal.Tree;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Faults;

/// <summary>How many acts a second the journal takes: rows with their sealed content, each batch one transaction synced to the disk, then the
/// tree over them until it is signed.</summary>
internal static class AppendBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        int acts = Options.Number(args, "--acts", 100_000), batch = Options.Number(args, "--batch", 256);
        string? given = Options.Text(args, "--data");
        string folder = given ?? Directory.CreateTempSubdirectory("amana-append-").FullName;
        await using (var app = AmanaHost.Build(new StartOptions { DataFolder = folder, Urls = "http://127.0.0.1:0" }))
        {
            await app.Services.GetRequiredService<DataFolder>().OpenAsync(CancellationToken.None);
            var tree = app.Services.GetRequiredService<JournalTree>();
            await WriteAsync(app.Services, batch, batch); // warm
            await tree.GrowAsync(CancellationToken.None);

            var watch = Stopwatch.StartNew();
            await WriteAsync(app.Services, acts, batch);
            double written = watch.Elapsed.TotalSeconds;
            await tree.GrowAsync(CancellationToken.None);
            double signed = watch.Elapsed.TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"acts={acts} batch={batch} durable_per_second={acts / written:0} durable_and_signed_per_second={acts / signed:0} tree_seconds={signed - written:0.00} size={tree.Signed!.Size}"));

            await using var scope = app.Services.CreateAsyncScope();
            watch.Restart();
            var found = await scope.ServiceProvider.GetRequiredService<JournalProof>().ProveAsync(CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"proved={found.Fault is null} entries={found.Entries} seconds={watch.Elapsed.TotalSeconds:0.0}"));
        }

        if (given is null) Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task WriteAsync(IServiceProvider services, int acts, int batch)
    {
        for (int done = 0; done < acts; done += batch)
        {
            await using var scope = services.CreateAsyncScope();
            var writer = scope.ServiceProvider.GetRequiredService<JournalWriter>();
            for (int i = done; i < Math.Min(acts, done + batch); i++)
            {
                writer.Record(Actor.Server, "specimen.happened", i, details: new { lists = new { uto = 3 }, found = i % 7 }, content: new { name = "Specimen, Anna Maria", number = i });
            }

            await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync();
        }
    }
}
