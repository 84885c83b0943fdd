using System.Text.Json;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Journal;

/// <summary>What was done, newest first, by who, what and when. The caller's rights are asked by whoever shows it: the
/// journal stands below <c>Access</c> and knows no rights.</summary>
public sealed class ReadJournal(AmanaDb db, FieldSealer sealer)
{
    public const int PageMost = 500;
    public const int PageDefault = 100;

    /// <param name="Who">As an entry shows it, whole: <c>person:…</c>, <c>token:…</c>, <c>server:server</c>.</param>
    /// <param name="Purpose">A purpose's code.</param>
    /// <param name="AnyOf">Whole keys of which one did it; beside <paramref name="Who"/>.</param>
    /// <param name="What">A fact, <c>hit.decided</c>, or all facts of a thing: <c>hit.</c></param>
    /// <param name="OnWhat">The reference of a thing.</param>
    /// <param name="WithoutRequests">The reader may not know of <see cref="PublicWords.OfRequests"/>: they are not there, not counted, not hinted at.</param>
    /// <param name="OnAnyOf">References of which it is one: a thing that had several.</param>
    /// <param name="From">At or after.</param>
    /// <param name="To">Before.</param>
    /// <param name="Before">Entries with a lower number: the next page.</param>
    public sealed record Request(
        string? Who = null, string? What = null, string? OnWhat = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
        long? Before = null, int? Limit = null, string? Purpose = null, IReadOnlyList<string>? AnyOf = null,
        IReadOnlyList<string>? OnAnyOf = null, bool WithoutRequests = false);

    /// <param name="Details">JSON: list versions, scores, counts, codes; never personal data.</param>
    /// <param name="Content">JSON with what is personal; null without the right to read content.</param>
    /// <param name="ContentErased">There was content, and it was erased.</param>
    public sealed record EntryView(
        long Number, DateTimeOffset At, string Who, string What, string? OnWhat, string? Purpose, JsonElement? Details, JsonElement? Content, bool ContentErased);

    /// <param name="Before">For the next page; null on the last.</param>
    public sealed record PageView(IReadOnlyList<EntryView> Entries, long? Before);

    /// <param name="withContent">Whether the caller may see what was asked and answered.</param>
    public async Task<Result<PageView>> RunAsync(Request request, bool withContent, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Limit is < 1 or > PageMost) return JournalRefusals.Limit;
        if (request.Before is < 1) return JournalRefusals.Before;
        if (request.From >= request.To) return JournalRefusals.Times;
        int limit = request.Limit ?? PageDefault;

        var found = await Matching(request).Include(e => e.Content).OrderByDescending(e => e.Number).Take(limit + 1).ToListAsync(cancel);
        bool more = found.Count > limit;
        if (more) found.RemoveAt(limit);
        var entries = found.ConvertAll(e => new EntryView(
            e.Number, e.At, e.Who, e.What, e.OnWhat, e.Purpose, Parse(e.Details),
            withContent && e.Content is { } content ? SealedContent.Open(content, sealer) : null, e.ContentHash is not null && e.Content is null));
        return new PageView(entries, more ? entries[^1].Number : null);
    }

    /// <summary>How many entries fit, and of how many who did them.</summary>
    public async Task<(long Entries, int Who)> CountAsync(Request request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var matching = Matching(request);
        return (await matching.LongCountAsync(cancel), await matching.Select(e => e.Who).Distinct().CountAsync(cancel));
    }

    private IQueryable<JournalEntry> Matching(Request request)
    {
        var entries = db.Set<JournalEntry>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(request.Who)) entries = entries.Where(e => e.Who == request.Who);
        if (request.AnyOf is { } keys) entries = entries.Where(e => keys.Contains(e.Who));
        if (!string.IsNullOrWhiteSpace(request.Purpose)) entries = entries.Where(e => e.Purpose == request.Purpose);
        if (request.What is { Length: > 0 } what)
        {
            entries = what.EndsWith('.') ? entries.Where(e => e.What.StartsWith(what)) : entries.Where(e => e.What == what);
        }

        if (!string.IsNullOrWhiteSpace(request.OnWhat)) entries = entries.Where(e => e.OnWhat == request.OnWhat);
        foreach (string hidden in request.WithoutRequests ? PublicWords.OfRequests : []) entries = entries.Where(e => !e.What.StartsWith(hidden));
        if (request.OnAnyOf is { } things) entries = entries.Where(e => things.Contains(e.OnWhat!));
        if (request.From is { } from) entries = entries.Where(e => e.At >= from);
        if (request.To is { } to) entries = entries.Where(e => e.At < to);
        if (request.Before is { } before) entries = entries.Where(e => e.Number < before);
        return entries;
    }

    private static JsonElement? Parse(string? json)
    {
        if (json is null) return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
