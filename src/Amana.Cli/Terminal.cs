using System.Text;

namespace Amana.Cli;

/// <summary>Where the command reads and writes, and what it may draw there.</summary>
internal sealed class Terminal
{
    public required Stream Out { get; init; }
    public required TextWriter Error { get; init; }
    public required Func<Stream> In { get; init; }
    /// <summary>A person looks at the output: tables and colours. Otherwise lines for the next program.</summary>
    public bool OutIsScreen { get; init; }
    /// <summary>A person looks at the messages: progress bars.</summary>
    public bool ErrorIsScreen { get; init; }
    public int Width { get; init; } = 100;
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public static Terminal OfProcess()
    {
        bool plain = Environment.GetEnvironmentVariable("TERM") == "dumb" || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        bool screen = !Console.IsOutputRedirected;
        return new Terminal
        {
            Out = Console.OpenStandardOutput(),
            Error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true },
            In = Console.OpenStandardInput,
            OutIsScreen = screen,
            ErrorIsScreen = !Console.IsErrorRedirected && !plain,
            Width = screen && Console.WindowWidth > 20 ? Console.WindowWidth : 100,
        };
    }

    /// <summary>One line to the person; never in the way of the output.</summary>
    public void Say(string line) => Error.WriteLine(line);
}

/// <summary>The reader of our output has gone, as <c>head</c> does: nothing more to do, and nothing wrong.</summary>
internal sealed class ReaderGoneException(IOException cause) : Exception(cause.Message, cause);

/// <summary>The output, whose broken pipe is told apart from a failing disk.</summary>
internal sealed class OutputStream(Stream inner)
{
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await inner.WriteAsync(bytes, cancel);
        }
        catch (IOException gone) when (IsBrokenPipe(gone))
        {
            throw new ReaderGoneException(gone);
        }
    }

    public async Task FlushAsync(CancellationToken cancel)
    {
        try
        {
            await inner.FlushAsync(cancel);
        }
        catch (IOException gone) when (IsBrokenPipe(gone))
        {
            throw new ReaderGoneException(gone);
        }
    }

    // EPIPE, ERROR_BROKEN_PIPE and ERROR_NO_DATA. A full disk is not a reader that left: its answers are lost.
    private static bool IsBrokenPipe(IOException failure) => failure.HResult is 32 or unchecked((int)0x8007006D) or unchecked((int)0x800700E8);

    public Task WriteLineAsync(string line, CancellationToken cancel) => WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancel);
}
