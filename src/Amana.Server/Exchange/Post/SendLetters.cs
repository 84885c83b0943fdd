using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Post;

/// <summary>Sends what waits, to each bureau on its own so that one that does not answer slows no other.</summary>
internal sealed partial class SendLetters(PostRoom room, PostSignal signal, ILogger<SendLetters> log) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (room.Office is { } office)
                {
                    try
                    {
                        foreach (var queue in await office.SendDueAsync(stoppingToken)) _ = WatchAsync(queue, stoppingToken);
                    }
                    catch (Exception e) when (e is IOException or DbException or DbUpdateException)
                    {
                        Failed(log, e.GetType().Name);
                    }
                }

                await signal.WaitAsync(Each, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // stopped
        }
    }

    // What could not be noted stays waiting and is sent again; the other bureau knows it.
    private async Task WatchAsync(Task queue, CancellationToken cancel)
    {
        try
        {
            await queue;
        }
        catch (Exception e) when (e is IOException or DbException or DbUpdateException)
        {
            Failed(log, e.GetType().Name);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // stopped
        }
    }

    [LoggerMessage(LogLevel.Warning, "Letters could not be sent ({Why}); tried again in a second")]
    private static partial void Failed(ILogger log, string why);
}
