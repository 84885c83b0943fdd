namespace Amana.Server.Foundation;

/// <summary>Work that is done in the background, in turn. A module registers one for the page Health:
/// <c>services.AddScoped&lt;IWorkQueue, BatchQueue&gt;()</c>.</summary>
public interface IWorkQueue
{
    /// <summary>A word with a text <c>health.queue.WORD</c>: <c>batches</c>.</summary>
    string Word { get; }

    Task<QueueDepth> DepthAsync(CancellationToken cancel);
}

/// <param name="Waiting">Pieces of work that nobody has begun.</param>
/// <param name="AtWork">Pieces that are being done.</param>
/// <param name="OldestSince">When the oldest waiting one came; null when none waits.</param>
public sealed record QueueDepth(int Waiting, int AtWork, DateTimeOffset? OldestSince);
