using System.Runtime.CompilerServices;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>The list of a training instance: nobody on it exists. It takes the way of every list, as a run with its stages.</summary>
internal sealed class SpecimenList(AmanaDb db, ReceiveFiles receiveFiles, Instance instance)
{
    public const string Name = "uto-specimens";
    private const string File = "uto-specimens.ftm.json";

    public async Task AddAsync(CancellationToken cancel)
    {
        if (await db.Lists.AnyAsync(l => l.Name == Name, cancel)) return;
        var request = new ReceiveFiles.Request(Name, FilesAsync(cancel), () => new SourceSettings { Title = "Utopia specimens", Format = "ftm" });
        var result = await receiveFiles.RunAsync(request, Caller.OfServer(instance.Bureau), cancel);
        if (!result.Succeeded(out _, out var refusal)) throw new InvalidOperationException($"The specimen list was refused: {refusal.Code}.");
    }

    private static async IAsyncEnumerable<SentFile> FilesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var content = typeof(SpecimenList).Assembly.GetManifestResourceStream(File) ?? throw new InvalidOperationException($"{File} is not embedded.");
        cancel.ThrowIfCancellationRequested();
        yield return new SentFile(File, content);
    }
}
