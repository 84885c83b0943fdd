using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Reads the journal with the caller's eyes: without content, or with it for who may read content.</summary>
internal sealed class ReviewJournal(AmanaDb db, Gate gate, ReadJournal journal)
{
    private const int PeopleMost = 200;

    /// <summary>For the page: the entries, and the names of those who did what is in them.</summary>
    /// <param name="Names">Key as in the journal to display name of a person or name of a token.</param>
    public sealed record NamedPage(ReadJournal.PageView Page, IReadOnlyDictionary<string, string> Names);

    public async Task<Result<ReadJournal.PageView>> RunAsync(ReadJournal.Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;
        return await journal.RunAsync(AsSeenBy(caller, request), caller.Has(Right.ReadJournalContent), cancel);
    }

    /// <summary>That somebody asked about data on themselves is not known to who does not handle it. Source: domain.md 1.13, confidentiality.</summary>
    internal static ReadJournal.Request AsSeenBy(Caller caller, ReadJournal.Request request) => caller.Has(Right.HandleRequests) ? request : request with { WithoutRequests = true };

    /// <param name="named">A key, or a part of the name of a person or token; empty for everybody.</param>
    public async Task<Result<NamedPage>> RunAsync(ReadJournal.Request request, string? named, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;
        if (!string.IsNullOrWhiteSpace(named)) request = request with { AnyOf = await KeysOfAsync(named.Trim(), cancel) };
        var result = await journal.RunAsync(AsSeenBy(caller, request), caller.Has(Right.ReadJournalContent), cancel);
        if (!result.Succeeded(out var page, out var refused)) return refused;
        return new NamedPage(page, await db.NamesOfAsync([.. page.Entries.Select(e => e.Who).Distinct()], cancel));
    }

    private async Task<List<string>> KeysOfAsync(string named, CancellationToken cancel)
    {
        // The databases know small and capital letters of ASCII alone.
        string low = string.Concat(named.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
        string part = $"%{low.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
#pragma warning disable CA1304, CA1311 // these become lower() in the database
        var people = await db.Set<Person>().Where(p => EF.Functions.Like(p.DisplayName.ToLower(), part, @"\") || EF.Functions.Like(p.UserName!.ToLower(), part, @"\"))
            .OrderBy(p => p.DisplayName).Take(PeopleMost).Select(p => p.Id).ToListAsync(cancel);
        var tokens = await db.Set<ApiToken>().Where(t => EF.Functions.Like(t.Name.ToLower(), part, @"\")).OrderBy(t => t.Name).Take(PeopleMost).Select(t => t.Id).ToListAsync(cancel);
#pragma warning restore CA1304, CA1311
        return [named, .. people.Select(p => $"person:{p}"), .. tokens.Select(t => $"token:{t}")];
    }
}
