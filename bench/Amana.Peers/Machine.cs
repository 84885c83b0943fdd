namespace Amana.Peers;

/// <summary>Where and on what a figure was measured (Linux).</summary>
internal static class Machine
{
    public static string Load => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..2]);

    public static string Description => $"{Environment.ProcessorCount} virtual cores of {Value("/proc/cpuinfo", "model name")}, {MemoryGib} GiB";

    public static string Commit => Called.Program("git", "describe", "--always", "--dirty", "--exclude=*").Printed;

    private static long MemoryGib => long.Parse(Value("/proc/meminfo", "MemTotal").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >> 20;

    private static string Value(string file, string key) =>
        File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
}
