using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.LostAndStolen;

/// <summary>The numbers that the caller checked last, from the caller's own entries of the journal, where alone they are kept: erased there, they
/// are gone here.</summary>
internal sealed class ReadLastChecks(Gate gate, ReadJournal journal)
{
    public const int Most = 8;

    /// <param name="Outcome">hit, near or none.</param>
    public sealed record View(DateTimeOffset At, string Kind, string Number, string? Issuer, string Outcome);

    public async Task<Result<IReadOnlyList<View>>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        if (!(await journal.RunAsync(new(Who: caller.Actor.ToString(), What: "number.checked", Limit: Most), withContent: true, cancel)).Succeeded(out var page, out var refused)) return refused;
        return page.Entries.Select(Read).OfType<View>().ToList();
    }

    private static View? Read(ReadJournal.EntryView entry)
    {
        if (entry.Details is not { } details || entry.Content is not { } content) return null;
        if (!content.TryGetProperty("number", out var number) || !details.TryGetProperty("outcome", out var outcome) || !details.TryGetProperty("kind", out var kind)) return null;
        return ItemRules.KindOf(kind.GetString() ?? "") is not { } known ? null
            : new View(entry.At, known.Word, number.GetString()!, content.TryGetProperty("issuer", out var issuer) ? issuer.GetString() : null, outcome.GetString()!);
    }
}
