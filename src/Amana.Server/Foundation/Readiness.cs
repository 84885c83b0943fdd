namespace Amana.Server.Foundation;

/// <summary>Something that must be loaded before the server may be sent questions. A module registers one in its
/// services: <c>services.AddSingleton&lt;IReadyWhen, ListsLoaded&gt;()</c>. <c>/readyz</c> is 503 until all are ready.</summary>
public interface IReadyWhen
{
    /// <summary>What is waited for, in a word or two: <c>lists</c>.</summary>
    string What { get; }
    bool IsReady { get; }
}

/// <summary>The server's own part: the data folder is open, and a training instance has its specimens.</summary>
internal sealed class StartFinished : IReadyWhen
{
    private volatile bool _done;
    public string What => "start";
    public bool IsReady => _done;
    public void Done() => _done = true;
}
