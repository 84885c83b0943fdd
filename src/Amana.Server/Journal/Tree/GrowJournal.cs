using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Journal.Tree;

/// <summary>Brings what was committed under a signed checkpoint, each second.</summary>
internal sealed partial class GrowJournal(JournalTree tree, ILogger<GrowJournal> log) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The system's time, whatever clock the rest was given: a journal does not stand still while a test waits.
        using var timer = new PeriodicTimer(Each);
        bool failed = false;
        do
        {
            try
            {
                await tree.GrowAsync(stoppingToken);
                if (failed) Again(log);
                failed = false;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or DbUpdateException)
            {
                if (!failed) Failed(log, e.GetType().Name); // said once, tried each second
                failed = true;
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await tree.GrowAsync(cancellationToken); // what the last requests did
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or DbUpdateException or OperationCanceledException)
        {
            Failed(log, e.GetType().Name);
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancel)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The journal's tree cannot grow ({Why}); tried again each second")]
    private static partial void Failed(ILogger log, string why);

    [LoggerMessage(LogLevel.Information, "The journal's tree grows again")]
    private static partial void Again(ILogger log);
}
