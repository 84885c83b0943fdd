using Amana.Server.Data;
using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>A run that works, or rests paused, in this process: how to stop it, and how far it is.</summary>
internal sealed class RunAtWork(Id<ImportRun> id, int list, WriteTurns turns, CancellationToken shutdown) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
    private readonly ManualResetEventSlim _mayWork = new(initialState: true);

    public Id<ImportRun> Id => id;
    public int List => list;
    public RunProgress Progress { get; } = new();
    /// <summary>A person stopped it, as opposed to the server shutting down.</summary>
    public bool WasStopped { get; private set; }
    public bool IsPaused => !_mayWork.IsSet;
    public CancellationToken Cancel => _stop.Token;

    public void Pause() => _mayWork.Reset();

    public void Resume() => _mayWork.Set();

    public void Stop()
    {
        WasStopped = true;
        _stop.Cancel();
    }

    /// <summary>Called between batches, never inside a transaction. Lets people's acts write first, and blocks while the run is paused.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped, or the server shuts down.</exception>
    public void CheckIn()
    {
        turns.LetOthersGo();
        if (IsPaused) _mayWork.Wait(Cancel);
        Cancel.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _mayWork.Dispose();
    }
}
