namespace Amana.Server.Watchlists;

/// <summary>A run cannot go on. It ends refused (the files, the source or a rule) or failed (disk, network, database); the
/// version that answers is not touched.</summary>
internal sealed class RunEndsException(string code, string message, bool refused = true, string? file = null, long? line = null) : Exception(message)
{
    public string Code => code;
    public bool IsRefusal => refused;
    public string? File => file;
    public long? Line => line;
}
