using Amana.Lists.Input;

namespace Amana.Lists;

/// <summary>One reading of one list: where it stands, what it has set aside, and how far it is.</summary>
internal sealed class ListRun
{
    private const int ProgressRows = 10_000;
    private const int CancelRows = 1_024;
    private readonly Action<double>? _progress;
    private readonly CancellationToken _cancel;
    private readonly long _bytes;
    private long _bytesBefore;
    private ListInput? _open;
    private long _rows;

    public ListRun(ListReading reading, CancellationToken cancel)
    {
        List = reading.List;
        Files = reading.Files;
        Mapping = reading.Mapping;
        _progress = reading.Progress;
        _cancel = cancel;
        _bytes = reading.Files.Any(f => f.Bytes is null) ? 0 : reading.Files.Sum(f => f.Bytes!.Value);
        Rejected = new RejectedRows(reading.Rejected);
        Draft = new EntityDraft(Rejected, new EntityIds());
    }

    public string List { get; }
    public IReadOnlyList<ListFile> Files { get; }
    public ColumnMapping? Mapping { get; }
    public RejectedRows Rejected { get; }
    public EntityDraft Draft { get; }

    /// <summary>Opens the next file; the one before counts as read.</summary>
    public ListInput Open(ListFile file, bool asText)
    {
        if (_open is not null) _bytesBefore += _open.RawBytes;
        _open = ListInput.Open(file, asText);
        Rejected.File = file.Name;
        Rejected.Line = 0;
        return _open;
    }

    /// <summary>Reading has come to this line: stops when asked to, and reports from time to time.</summary>
    public void At(long line)
    {
        Rejected.Line = line;
        _rows++;
        if (_rows % CancelRows == 0) _cancel.ThrowIfCancellationRequested();
        if (_rows % ProgressRows == 0) Report();
    }

    public void Finish()
    {
        _cancel.ThrowIfCancellationRequested();
        _progress?.Invoke(1);
    }

    /// <summary>The identifier of an entry that its list only numbers.</summary>
    public string Numbered(string number) => $"{List}-{number}";

    private void Report()
    {
        if (_progress is null || _bytes == 0 || _open is null) return;
        _progress(Math.Min(1, (double)(_bytesBefore + _open.RawBytes) / _bytes));
    }
}
