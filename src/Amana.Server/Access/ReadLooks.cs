using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access;

/// <summary>Who looked at a thing, for the thing's own page: how often, by how many, and the last looks with their purpose.
/// What was asked and answered is not part of it.</summary>
public sealed class ReadLooks(AmanaDb db, Gate gate, ReadJournal journal)
{
    public const int LastMost = 8;

    /// <param name="OnAnyOf">The thing as the journal names it: under each name that it has or had.</param>
    public sealed record Request(IReadOnlyList<string> OnAnyOf);

    /// <param name="Who">Display name of a person, name of a token; null for the server itself.</param>
    /// <param name="Purpose">A purpose's code.</param>
    public sealed record LookView(DateTimeOffset At, string? Who, string What, string? Purpose);

    /// <param name="People">How many people and tokens looked.</param>
    /// <param name="Last">Newest first, at most <see cref="LastMost"/>.</param>
    public sealed record LooksView(long Looks, int People, IReadOnlyList<LookView> Last);

    public async Task<Result<LooksView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;

        var looks = ReviewJournal.AsSeenBy(caller, new(OnAnyOf: request.OnAnyOf, Limit: LastMost));
        if (!(await journal.RunAsync(looks, withContent: false, cancel)).Succeeded(out var page, out var refused)) return refused;
        var (count, people) = await journal.CountAsync(looks, cancel);
        var names = await db.NamesOfAsync([.. page.Entries.Select(e => e.Who).Distinct()], cancel);
        return new LooksView(count, people, [.. page.Entries.Select(e => new LookView(e.At, names.GetValueOrDefault(e.Who), e.What, e.Purpose))]);
    }
}
