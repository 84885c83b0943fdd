using Amana.Server.Access;
using Amana.Server.Foundation;

namespace Amana.Server.Notices;

/// <summary>What a decision on a person's request does to a notice.</summary>
public enum NoticeOrder { Block, Lift, Note, Delete }

/// <summary>Carries out a decision of the Commission on a notice: blocks it, lifts the block, deletes it, or adds the order that all its
/// recipients read first. Through the acts that everybody takes, with their rules and their journal; who asked is not said.</summary>
public sealed class OrderOnNotice
{
    private const string Ground = "Decision of the Commission for the Control of Files.";

    private readonly Gate _gate;
    private readonly MoveNotice _move;
    private readonly AddAddendum _add;

    internal OrderOnNotice(Gate gate, MoveNotice move, AddAddendum add) => (_gate, _move, _add) = (gate, move, add);

    /// <param name="Note">Of an order for the recipients, as it is to be read.</param>
    public sealed record Request(string Reference, NoticeOrder Order, string? Note);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        if (await _gate.CheckAsync(caller, Right.ReviewNotices, cancel) is { } forbidden) return forbidden;
        Refusal? refused;
        if (request.Order is NoticeOrder.Note)
        {
            var texts = NoticeRules.Languages.ToDictionary(l => l, _ => request.Note, StringComparer.Ordinal);
            return (await _add.RunAsync(new(request.Reference, AddendumKind.CommissionOrder, texts), caller, cancel)).Succeeded(out _, out refused) ? null : refused;
        }

        var step = request.Order switch { NoticeOrder.Block => NoticeEvent.Block, NoticeOrder.Lift => NoticeEvent.Lift, _ => NoticeEvent.Delete };
        return (await _move.RunAsync(new(request.Reference, step, Ground), caller, cancel)).Succeeded(out _, out refused) ? null : refused;
    }
}
