namespace Amana.Server.Watchlists;

/// <summary>For which bureaus one record of a list is. Evaluated while a question is answered: for a bureau that may not see it, it is not
/// among the candidates.</summary>
/// <param name="Owner">Sees it in any case.</param>
/// <param name="Only">Null: for all.</param>
/// <param name="Except">Not for these.</param>
public sealed record RecordAudience(string Owner, IReadOnlySet<string>? Only, IReadOnlySet<string> Except)
{
    public bool Admits(string bureau) => bureau == Owner || (!Except.Contains(bureau) && (Only is null || Only.Contains(bureau)));
}

/// <summary>Says for whom the records of a list are; registered by the module that keeps the list.</summary>
public interface IAudienceSource
{
    /// <summary>The list's name.</summary>
    string List { get; }

    /// <summary>By id, of the records that are not for everybody; the others are. Read once for each version of the list.</summary>
    IReadOnlyDictionary<string, RecordAudience> Read();
}

/// <summary>Which records of a list are not there for a bureau.</summary>
public sealed class ListAudiences(IEnumerable<IAudienceSource> sources)
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();
    private readonly Dictionary<string, IAudienceSource> _sources = sources.ToDictionary(s => s.List, StringComparer.Ordinal);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, (int Version, IReadOnlyDictionary<string, RecordAudience> ById)> _read = new(StringComparer.Ordinal);

    /// <summary>Ids of the records that are not for everybody.</summary>
    public IReadOnlySet<string> LimitedIn(LoadedList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return _sources.TryGetValue(list.Name, out var source) ? source.Read().Keys.ToHashSet(StringComparer.Ordinal) : None;
    }

    /// <returns>Their ids; mostly empty.</returns>
    public IReadOnlySet<string> HiddenFrom(string bureau, LoadedList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (!_sources.TryGetValue(list.Name, out var source)) return None;
        if (!_read.TryGetValue(list.Name, out var read) || read.Version != list.VersionNumber) _read[list.Name] = read = (list.VersionNumber, source.Read());
        var hidden = read.ById.Where(r => !r.Value.Admits(bureau)).Select(r => r.Key);
        return read.ById.Count == 0 ? None : hidden.ToHashSet(StringComparer.Ordinal);
    }
}
