using Amana.Lists.Layouts;

namespace Amana.Lists;

/// <summary>Reads published lists: files in, entities out, one after the other in bounded memory.</summary>
public static class ListReader
{
    /// <summary>The entities of a list in the order of its files. Nothing is read before the first is asked for.</summary>
    /// <remarks>Rows that cannot be taken go to <see cref="ListReading.Rejected"/> and reading goes on. Of several rows with
    /// one identifier the first counts.</remarks>
    /// <exception cref="ListFileException">While reading: a file as a whole cannot be taken. What was given before must then
    /// not replace anything.</exception>
    public static IEnumerable<ListedEntity> Read(ListReading reading, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return ReadAll(reading, cancel);
    }

    /// <summary>The layout of these files, from their names and first bytes.</summary>
    /// <exception cref="ListFileException">Empty, broken, of no known layout, or of different layouts.</exception>
    public static ListFormat Recognise(IReadOnlyList<ListFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Recognition.Of(files);
    }

    private static IEnumerable<ListedEntity> ReadAll(ListReading reading, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var format = reading.Format ?? Recognition.Of(reading.Files);
        var run = new ListRun(reading, cancel);
        foreach (var entity in ReadLayout(format, run)) yield return entity;
        run.Finish();
    }

    private static IEnumerable<ListedEntity> ReadLayout(ListFormat format, ListRun run) => format switch
    {
        ListFormat.OfacCsv => OfacLayout.Read(run),
        ListFormat.UnXml => UnLayout.Read(run),
        ListFormat.FollowTheMoney => JsonLines.Read(run, draft => new FollowTheMoneyLayout(draft)),
        ListFormat.Notices => NoticesLayout.Read(run),
        ListFormat.Csv => MappedCsvLayout.Read(run),
        ListFormat.Corpus => JsonLines.Read(run, draft => new CorpusLayout(draft)),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such layout."),
    };
}
