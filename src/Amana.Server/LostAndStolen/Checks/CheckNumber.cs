using Amana.Matching.Fields;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.LostAndStolen;

/// <summary>Asks for one number: is a thing with it, or with one like it, reported lost or stolen? Numbers only, never names.</summary>
internal sealed class CheckNumber(AmanaDb db, Gate gate, JournalWriter journal, NumberShelf shelf, NumberRows rows, TimeProvider clock)
{
    public sealed record Request
    {
        public string? Kind { get; init; }
        public string? Number { get; init; }
        public string? Issuer { get; init; }
        /// <summary>The machine-readable zone of a travel document, instead of kind, number and issuer.</summary>
        public string? Zone { get; init; }
        public bool OneOff { get; init; }
        public string? Purpose { get; init; }
    }

    public async Task<Result<NumberAnswer>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (!shelf.IsReady) return ItemRefusals.NotReady;
        var read = string.IsNullOrWhiteSpace(request.Zone) ? NumberQuestion.Read(request.Kind, request.Number, request.Issuer, request.OneOff)
            : NumberQuestion.ReadZone(request.Zone, clock.GetUtcNow().Year, request.OneOff);
        if (!read.Succeeded(out var question, out var unread)) return unread;

        var answer = await rows.AnswerAsync(question, cancel);
        journal.Record(caller.Actor, "number.checked", null, purpose, new { question.Kind, answer.Outcome, matches = answer.Matches.Count },
            new { number = question.Number.Value, question.Issuer, records = answer.Matches.Select(m => m.Record) });
        await db.SaveChangesAsync(cancel);
        return answer with { Zone = MachineReadableZone.ChecksOf(request.Zone) };
    }
}
