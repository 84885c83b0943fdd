namespace Amana.Server.Screening;

/// <summary>Whose turn it is to change a batch: the runner's, for one step, or an officer's, for one order.</summary>
/// <remarks>
/// First come, first served, so that an order waits for one chunk at most; two that only retried when they met would let the
/// quicker one win for seconds. One turn for all, since one batch runs at a time.
/// </remarks>
internal sealed class BatchTurn : IDisposable
{
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <returns>Gives the turn back when disposed.</returns>
    public async Task<IDisposable> TakeAsync(CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        return new Taken(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Taken(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
