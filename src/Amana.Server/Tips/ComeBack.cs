using System.Text;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tips;

/// <summary>The giver comes back with the code, reads what the bureau asks, and may answer. The code is all that is known of them.</summary>
internal sealed class ComeBack(AmanaDb db, JournalWriter journal, FieldSealer sealer, StrangerForms forms, TimeProvider clock)
{
    /// <param name="Answer">Null: only to read.</param>
    public sealed record Request(string? Code, string? Answer);

    public async Task<Result<TipThread>> RunAsync(Request request, CancellationToken cancel)
    {
        string hash = forms.HashOf(GiveTip.FormUse, request.Code);
        if (await db.Tips.SingleOrDefaultAsync(t => t.CodeHash == hash, cancel) is not { } tip) return TipRefusals.CodeUnknown;
        if (request.Answer is { } answer)
        {
            if (string.IsNullOrWhiteSpace(answer)) return TipRefusals.TextMissing("answer");
            if (answer.Length > TipMessage.CharsMax) return TipRefusals.TooLong("answer");
            if (tip.State is TipState.Closed) return TipRefusals.Closed;
            if (await db.TipMessages.CountAsync(m => m.Tip == tip.Id, cancel) >= TipMessage.PerTipMax) return TipRefusals.TooMany;
            db.TipMessages.Add(Said(tip, fromBureau: false, answer, sealer, clock));
            tip.WasAnswered();
            journal.Record(Actor.Server, "tip.answered", tip.Reference);
            await db.SaveChangesAsync(cancel);
        }

        return new TipThread(tip.Reference, tip.State is TipState.Closed, await SaidAsync(db, sealer, tip.Id, cancel));
    }

    internal static TipMessage Said(Tip tip, bool fromBureau, string text, FieldSealer sealer, TimeProvider clock)
    {
        var id = Id<TipMessage>.New(clock);
        byte[] body = sealer.Seal(Encoding.UTF8.GetBytes(text.Trim()), TipMessage.PlaceOf(id));
        tip.Keeps(body.Length);
        return new TipMessage { Id = id, Tip = tip.Id, FromBureau = fromBureau, At = clock.GetUtcNow(), Body = body };
    }

    internal static async Task<IReadOnlyList<TipSaid>> SaidAsync(AmanaDb db, FieldSealer sealer, Id<Tip> tip, CancellationToken cancel)
    {
        var messages = await db.TipMessages.AsNoTracking().Where(m => m.Tip == tip).OrderBy(m => m.At).ToListAsync(cancel);
        return messages.ConvertAll(m => new TipSaid(m.FromBureau, m.At, Encoding.UTF8.GetString(sealer.Open(m.Body, TipMessage.PlaceOf(m.Id)))));
    }
}

internal sealed record TipThread(string Reference, bool Closed, IReadOnlyList<TipSaid> Said);

internal sealed record TipSaid(bool FromBureau, DateTimeOffset At, string Text);
