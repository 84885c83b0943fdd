using System.Diagnostics;
using System.Globalization;

namespace Amana.Cli;

/// <summary>A bar on a screen while something takes long; nothing at all in a pipe.</summary>
internal sealed class Progress(Terminal terminal, string what) : IDisposable
{
    private const int BarChars = 28;
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = FirstAfter;
    private bool _drawn;

    /// <param name="part">0 to 1.</param>
    public void Report(double part) => Report(part, null);

    /// <param name="words">What stands behind the bar; null: the time left.</param>
    public void Report(double part, string? words)
    {
        if (!terminal.ErrorIsScreen || _watch.Elapsed < _next) return;
        _next = _watch.Elapsed + Between;
        _drawn = true;
        part = Math.Clamp(part, 0, 1);
        int full = (int)(part * BarChars);
        string bar = new string('━', full) + new string('─', BarChars - full);
        string text = words ?? TimeLeft(part);
        terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r\e[2K{what}  {bar} {part,4:P0}  {text}"));
    }

    public void Dispose()
    {
        if (_drawn) terminal.Error.Write("\r\e[2K");
    }

    private string TimeLeft(double part)
    {
        if (part < 0.02) return "";
        var left = TimeSpan.FromSeconds(_watch.Elapsed.TotalSeconds * (1 - part) / part);
        return left.TotalMinutes >= 1 ? $"{left.TotalMinutes:0} min left" : $"{left.TotalSeconds:0} s left";
    }
}
