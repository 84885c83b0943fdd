using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;

namespace Amana.Server.Notices;

/// <summary>What a decision on a person's request does to a notice.</summary>
public enum NoticeOrder { Block, Lift, Note, Delete }

/// <summary>Carries out a decision of the Commission on notices: blocks, lifts the block, deletes, or adds the order that all recipients read
/// first. With the rules and the journal of the acts that everybody takes; who asked is not said. What is ordered together is done together:
/// the caller's saving writes all of it or nothing.</summary>
public sealed class OrderOnNotice
{
    private const string Ground = "Decision of the Commission for the Control of Files.";

    private readonly AmanaDb _db;
    private readonly Gate _gate;
    private readonly NoticeDesk _desk;
    private readonly NoticeBoard _board;
    private readonly NoticeTurn _turns;
    private readonly LookBack _lookBack;
    private readonly TimeProvider _clock;

    internal OrderOnNotice(AmanaDb db, Gate gate, NoticeDesk desk, NoticeBoard board, NoticeTurn turns, LookBack lookBack, TimeProvider clock) =>
        (_db, _gate, _desk, _board, _turns, _lookBack, _clock) = (db, gate, desk, board, turns, lookBack, clock);

    /// <param name="Note">Of an order for the recipients, as it is to be read.</param>
    public sealed record Request(string Reference, NoticeOrder Order, string? Note);

    /// <summary>Orders that wait for the caller to save. Holds the turn of notices until it is disposed of.</summary>
    public sealed class Prepared : IDisposable
    {
        private readonly IDisposable _turn;
        private readonly NoticeBoard _board;
        private readonly LookBack _lookBack;

        internal Prepared(IDisposable turn, NoticeBoard board, LookBack lookBack) => (_turn, _board, _lookBack) = (turn, board, lookBack);

        /// <summary>Once it is saved: questions and the public site go by it.</summary>
        public async Task ShowAsync(CancellationToken cancel)
        {
            await _board.ShowAsync(cancel);
            _lookBack.Wake();
        }

        public void Dispose() => _turn.Dispose();
    }

    /// <summary>Makes the changes in the context. One that cannot be made stops them all, and takes out of the context whatever was not saved.</summary>
    public async Task<Result<Prepared>> PrepareAsync(IReadOnlyList<Request> requests, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(caller);
        if (requests.Count > 0 && await _gate.CheckAsync(caller, Right.ReviewNotices, cancel) is { } forbidden) return forbidden;
        var turn = await _turns.TakeAsync(cancel);
        try
        {
            foreach (var request in requests)
            {
                if (await MakeAsync(request, caller, cancel) is not { } refused) continue;
                _db.ChangeTracker.Clear();
                turn.Dispose();
                return refused;
            }

            await _board.WriteAsync(cancel);
            return new Prepared(turn, _board, _lookBack);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private async Task<Refusal?> MakeAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await _desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (!(await _gate.CheckAsync(caller, Right.ReviewNotices, notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        var now = _clock.GetUtcNow();
        if (request.Order is NoticeOrder.Note)
        {
            var texts = NoticeRules.Languages.ToDictionary(l => l, _ => request.Note, StringComparer.Ordinal);
            return (await _desk.AnnotateAsync(notice, new(AddendumKind.CommissionOrder, texts), caller, purpose, cancel)).Succeeded(out _, out var refused) ? null : refused;
        }

        var step = request.Order switch { NoticeOrder.Block => NoticeEvent.Block, NoticeOrder.Lift => NoticeEvent.Lift, _ => NoticeEvent.Delete };
        return await _desk.TakeAsync(notice, new Step(step, caller.Actor.ToString(), now) { Reason = Ground }, caller.Actor, purpose, cancel);
    }
}
