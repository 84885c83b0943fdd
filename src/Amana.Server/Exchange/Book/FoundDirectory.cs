using Amana.Server.Access;
using Amana.Server.Foundation;

namespace Amana.Server.Exchange.Book;

/// <summary>This bureau becomes the Secretariat of a directory of its own, whose first entry it is.</summary>
internal sealed class FoundDirectory(Gate gate, DirectoryTurn turn, DirectoryDesk desk, OwnCard card, BureauBook book)
{
    /// <param name="Names">Of this bureau, in ar, en, fr, es.</param>
    public sealed record Request(IReadOnlyDictionary<string, string>? Names);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        using var alone = await turn.TakeAsync(cancel);
        if (book.Pinned is not null) return ExchangeRefusals.DirectoryThere;
        if (EntryRules.NamesOf(request.Names) is not { } names) return ExchangeRefusals.Names;
        var pinned = desk.Found(await card.EntryAsync(cancel) with { Names = names });
        desk.Record(caller.Actor, pinned, "directory.founded");
        return await desk.GoByAsync(pinned, cancel);
    }
}
