namespace Amana.Server.Foundation;

/// <summary>Lets one at a time do something, first come, first served. Each thing that is done in turns has a class of its own.</summary>
public abstract class Turns : IDisposable
{
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <returns>Gives the turn back when disposed.</returns>
    public async Task<IDisposable> TakeAsync(CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        return new Taken(_free);
    }

    public void Dispose()
    {
        _free.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Taken(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
