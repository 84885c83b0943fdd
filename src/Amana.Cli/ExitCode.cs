namespace Amana.Cli;

/// <summary>What the command says to the script that called it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    /// <summary>An option that is not known, a file that is not there, a number out of range.</summary>
    public const int WrongUse = 1;
    /// <summary>The input as a whole cannot be taken: broken off, empty, of no known layout.</summary>
    public const int InputRefused = 2;
    /// <summary>Done, and some rows were set aside.</summary>
    public const int RowsSetAside = 3;
    /// <summary>The server refused or did not answer.</summary>
    public const int ServerRefused = 4;
    /// <summary>Stopped from the keyboard, as shells have it.</summary>
    public const int Stopped = 130;
}

/// <summary>The command ends here, with a sentence for the person and a code for the script.</summary>
internal sealed class CommandEndException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
