namespace Amana.Server.Screening;

/// <summary>Tells the runner that a batch waits, so that it need not look every second.</summary>
internal sealed class BatchSignal : IDisposable
{
    private readonly SemaphoreSlim _waiting = new(0, 1);

    public void Wake()
    {
        try
        {
            _waiting.Release();
        }
        catch (SemaphoreFullException)
        {
            // It was woken already and has not looked yet.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _waiting.WaitAsync(atMost, cancel);

    public void Dispose() => _waiting.Dispose();
}
