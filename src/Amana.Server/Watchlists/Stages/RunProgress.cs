using System.Diagnostics;
using System.Globalization;

namespace Amana.Server.Watchlists;

/// <summary>How far a run at work is. Written by the run, read by anyone; measured with the process's own stopwatch.</summary>
internal sealed class RunProgress
{
    private const int SamplesMax = 120;
    private static readonly int Stages = Enum.GetValues<RunStage>().Length;
    /// <summary>About how much of a run's time each stage takes, in their order; measured on a million rows.</summary>
    private static readonly double[] Weights = [0.04, 0.62, 0.08, 0.01, 0.24, 0.01];

    private readonly Lock _lock = new();
    private readonly double[] _seconds = new double[Stages];
    private readonly List<double> _samples = [];
    private RunStage _stage;
    private double _share;
    private long _entered = Stopwatch.GetTimestamp();
    private long _sampled = Stopwatch.GetTimestamp();
    private long _stageRows;
    private long _sampledRows;
    private double _best;
    private int _stride = 1;
    private int _skipped;

    public long Bytes { get; set; }
    public long Rows { get; set; }
    /// <summary>How many there are in all, where that is known before.</summary>
    public long? RowsTotal { get; set; }
    public int Added { get; set; }
    public int Changed { get; set; }
    public int Removed { get; set; }
    public long Rejected { get; set; }

    public RunStage Stage => _stage;

    public void Enter(RunStage stage)
    {
        lock (_lock)
        {
            _seconds[(int)_stage] += Stopwatch.GetElapsedTime(_entered).TotalSeconds;
            (_stage, _share, _stageRows, _sampledRows) = (stage, 0, 0, 0);
            _entered = _sampled = Stopwatch.GetTimestamp();
        }
    }

    /// <param name="share">Of the stage, 0 to 1.</param>
    /// <param name="rows">Rows, or bytes while fetching, that the stage has done; for the speed.</param>
    public void Advance(double share, long rows)
    {
        lock (_lock) (_share, _stageRows) = (Math.Clamp(share, _share, 1), rows);
    }

    /// <summary>Notes the present speed; called about once a second.</summary>
    public void Sample()
    {
        lock (_lock)
        {
            double seconds = Stopwatch.GetElapsedTime(_sampled).TotalSeconds;
            if (seconds < 0.2 || _stage is RunStage.Fetch or RunStage.Guard or RunStage.Publish) return;
            double rate = (_stageRows - _sampledRows) / seconds;
            (_sampled, _sampledRows) = (Stopwatch.GetTimestamp(), _stageRows);
            if (_stage is RunStage.Read) _best = Math.Max(_best, rate);
            if (++_skipped < _stride) return;
            _skipped = 0;
            _samples.Add(rate);
            if (_samples.Count < SamplesMax) return;
            for (int i = 0; i < SamplesMax / 2; i++) _samples[i] = (_samples[2 * i] + _samples[2 * i + 1]) / 2;
            _samples.RemoveRange(SamplesMax / 2, SamplesMax / 2);
            _stride *= 2;
        }
    }

    public ProgressView Read()
    {
        lock (_lock)
        {
            double inStage = Stopwatch.GetElapsedTime(_entered).TotalSeconds;
            double before = Weights.Take((int)_stage).Sum();
            double whole = before + Weights[(int)_stage] * _share;
            double rate = inStage > 0.2 ? _stageRows / inStage : 0;
            double[] seconds = [.. _seconds];
            seconds[(int)_stage] += inStage;
            return new ProgressView(_stage, whole, _share, _samples.Count > 0 ? _samples[^1] : rate, Math.Max(_best, _stage is RunStage.Read ? rate : 0),
                SecondsLeft(inStage), seconds, [.. _samples]);
        }
    }

    // This stage by its own pace; the later ones by their usual share, scaled by what this run has shown so far.
    private double? SecondsLeft(double inStage)
    {
        if (_share < 0.005 || inStage < 0.5) return null;
        double thisStage = inStage / _share;
        double later = Weights.Skip((int)_stage + 1).Sum();
        double spent = _seconds.Sum() + thisStage;
        double spentWeight = Weights.Take((int)_stage + 1).Sum();
        return thisStage * (1 - _share) + spent / spentWeight * later;
    }

    internal static string Join(IEnumerable<double> numbers) =>
        string.Join(',', numbers.Select(n => n.ToString("0.#", CultureInfo.InvariantCulture)));

    internal static double[] Split(string numbers) => numbers.Length == 0 ? []
        : [.. numbers.Split(',').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
}

/// <param name="Share">Of the whole run, 0 to 1.</param>
/// <param name="StageShare">Of the stage, 0 to 1.</param>
/// <param name="Rate">Rows a second now; bytes a second while fetching.</param>
/// <param name="SecondsLeft">Null while too little is known.</param>
/// <param name="StageSeconds">By stage, in their order.</param>
/// <param name="Rates">Rows a second over time.</param>
internal sealed record ProgressView(RunStage Stage, double Share, double StageShare, double Rate, double BestRate,
    double? SecondsLeft, IReadOnlyList<double> StageSeconds, IReadOnlyList<double> Rates);
