using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>The runs at work in this process, and the bell that wakes the queue.</summary>
internal sealed class RunsAtWork : IDisposable
{
    private readonly ConcurrentDictionary<Id<ImportRun>, RunAtWork> _runs = new();
    private readonly SemaphoreSlim _bell = new(0, 1);

    public IEnumerable<RunAtWork> All => _runs.Values;

    public bool Holds(Id<ImportRun> run) => _runs.ContainsKey(run);

    public bool TryFind(Id<ImportRun> run, [MaybeNullWhen(false)] out RunAtWork found) => _runs.TryGetValue(run, out found);

    public void Add(RunAtWork run) => _runs[run.Id] = run;

    public void Remove(RunAtWork run) => _runs.TryRemove(run.Id, out _);

    /// <summary>There may be something to do.</summary>
    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    /// <summary>Until the bell rings, or <paramref name="longest"/> has passed.</summary>
    public Task ListenAsync(TimeSpan longest, CancellationToken cancel) => _bell.WaitAsync(longest, cancel);

    public void Dispose() => _bell.Dispose();
}
