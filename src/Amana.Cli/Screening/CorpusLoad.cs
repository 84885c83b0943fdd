using System.Diagnostics;
using Amana.Lists;
using Amana.Matching;

namespace Amana.Cli.Screening;

/// <summary>The lists of one call, in memory and ready to be asked.</summary>
internal sealed record Corpus(MatchSet Lists, TimeSpan LoadTime, long RowsSetAside) : IDisposable
{
    public void Dispose()
    {
        foreach (var index in Lists.Indexes) index.Dispose();
    }
}

/// <summary>Opens saved indexes and reads published lists, each list into an index of its own.</summary>
internal sealed class CorpusLoad(Terminal terminal, ColumnMapping? mapping)
{
    private const int StartBytes = 16;
    private const int RowsShown = 3;

    public Corpus Load(IReadOnlyList<string> paths, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        using var standardInput = new SpooledInput(terminal);
        string[] files = [.. paths.Select(p => p == Options.FromStandardInput ? standardInput.Spool() : p)];
        var indexes = new List<MatchIndex>();
        long setAside = 0;
        foreach (string saved in files.Where(IsIndex)) indexes.Add(MatchIndex.Open(saved));
        foreach (var group in ListGroup.Of(files.Where(f => !IsIndex(f))))
        {
            var list = Read(group, cancel);
            indexes.Add(list.Index);
            setAside += list.SetAside;
        }
        return new Corpus(new MatchSet(indexes), watch.Elapsed, setAside);
    }

    /// <summary>One index of all the files, for saving.</summary>
    public (MatchIndex Index, long SetAside) LoadAsOne(IReadOnlyList<string> paths, CancellationToken cancel)
    {
        long setAside = 0;
        using var progress = new Progress(terminal, "Reading lists");
        var groups = ListGroup.Of(paths);
        var subjects = groups.Index().SelectMany(g =>
            Subjects(g.Item, part => progress.Report((g.Index + part) / groups.Count), () => setAside++, cancel));
        var index = MatchIndex.Build(subjects, cancel);
        return (index, setAside);
    }

    private (MatchIndex Index, long SetAside) Read(ListGroup group, CancellationToken cancel)
    {
        long setAside = 0;
        using var progress = new Progress(terminal, $"Reading {group.List}");
        var index = MatchIndex.Build(Subjects(group, progress.Report, () => setAside++, cancel), cancel);
        return (index, setAside);
    }

    private IEnumerable<Subject> Subjects(ListGroup group, Action<double> progress, Action setAside, CancellationToken cancel)
    {
        long shown = 0;
        var reading = new ListReading
        {
            List = group.List,
            Files = [.. group.Paths.Select(FileOf)],
            Mapping = mapping,
            Progress = progress,
            Rejected = row =>
            {
                if (row.RestTaken) return;
                setAside();
                if (shown++ < RowsShown) terminal.Say($"amana: {row.File}, line {row.Line}: {row.Reason} ({row.Code}; the row is set aside)");
                else if (shown == RowsShown + 1) terminal.Say($"amana: {row.File}: further rows are set aside too");
            },
        };
        return ListReader.Read(reading, cancel).Select(Lists.Subjects.Of);
    }

    public static ListFile FileOf(string path) => new(Path.GetFileName(path), () => File.OpenRead(path), new FileInfo(path).Length);

    private static bool IsIndex(string path)
    {
        Span<byte> start = stackalloc byte[StartBytes];
        using var file = File.OpenRead(path);
        return MatchIndex.StartsLikeIndex(start[..file.ReadAtLeast(start, StartBytes, throwOnEndOfStream: false)]);
    }

    /// <summary>Standard input as a file, since readers of lists pass twice. Gone when the lists are read.</summary>
    private sealed class SpooledInput(Terminal terminal) : IDisposable
    {
        private string? _path;

        public string Spool()
        {
            if (_path is not null) throw new CommandEndException(ExitCode.WrongUse, "Standard input can be read only once.");
            _path = Path.GetTempFileName();
            using var file = File.Create(_path);
            using var input = terminal.In();
            input.CopyTo(file);
            return _path;
        }

        public void Dispose()
        {
            if (_path is not null) File.Delete(_path);
        }
    }
}
