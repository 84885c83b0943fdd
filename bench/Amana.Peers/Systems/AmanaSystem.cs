using System.Diagnostics;
using Amana.Matching;

namespace Amana.Peers.Systems;

/// <summary>The project's own engine, its index in memory.</summary>
internal sealed class AmanaSystem : ISystem
{
    private static readonly AskOptions Ten = new() { Limit = 10, MinScore = 0, Explain = false };
    private MatchIndex? _index;

    public TimeSpan Spent => Environment.CpuUsage.TotalTime;

    public long Peak => ProcessMemory.Peak;

    public void Load(IEnumerable<Subject> subjects) => _index = MatchIndex.Build(subjects);

    public IReadOnlyList<(string Id, double Score)> Ask(string name, SubjectKind kind) =>
        [.. _index!.Ask(new Question { Names = [name], Kind = kind }, Ten).Select(h => (h.SubjectId, h.Score))];

    public void Dispose() => _index?.Dispose();
}

/// <summary>The memory of this process.</summary>
internal static class ProcessMemory
{
    public static long Peak
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64;
        }
    }
}
