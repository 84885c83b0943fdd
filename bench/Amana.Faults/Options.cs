using System.Globalization;

namespace Amana.Faults;

internal static class Options
{
    public static int Number(string[] args, string name, int byDefault) =>
        Text(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : byDefault;

    public static string? Text(string[] args, string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    /// <summary>The value below which the share of them lies.</summary>
    public static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
