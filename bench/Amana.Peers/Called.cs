using System.Diagnostics;

namespace Amana.Peers;

/// <summary>Another program, run to its end.</summary>
internal static class Called
{
    /// <returns>What it printed; its errors go where this program's go.</returns>
    public static (int Code, string Printed) Program(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, printed.Trim());
    }

    /// <summary>This program itself, with other arguments.</summary>
    public static (int Code, string Printed) Itself(params string[] arguments)
    {
        string self = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(self).Equals("dotnet", StringComparison.Ordinal)
            ? Program(self, [typeof(Called).Assembly.Location, .. arguments])
            : Program(self, arguments);
    }
}
