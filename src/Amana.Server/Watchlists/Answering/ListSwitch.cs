namespace Amana.Server.Watchlists;

/// <summary>Which version of a list answers is written to the database and shown on the shelf as one step: publishing, undoing,
/// removing, restoring and purging take turns here, so that the shelf never shows what the database has just taken back.</summary>
internal sealed class ListSwitch : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Hold it from reading the list to the change of the shelf, and no longer: others wait.</summary>
    public async Task<Turn> TakeAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        return new Turn(_one);
    }

    public void Dispose() => _one.Dispose();

    internal sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
