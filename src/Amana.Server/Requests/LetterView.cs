using System.Text;
using Amana.Server.Data;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>What a letter is made of; the words around it stand in the texts, in the applicant's language.</summary>
internal sealed record LetterView(string Reference, string Language, string Name, RequestOutcome Outcome, IReadOnlyList<DataRequestKind> Kinds, DateTimeOffset ReceivedAt, DateTimeOffset At, string? Reasons, IReadOnlyList<LetterHolding> Held)
{
    public static async Task<LetterView> OfAsync(AmanaDb db, FieldSealer sealer, DataRequest request, CancellationToken cancel)
    {
        var content = RequestBook.ContentOf(request, sealer);
        var holdings = await db.RequestHoldings.AsNoTracking().Where(h => h.Request == request.Id && h.Told != MayBeTold.Nothing).OrderBy(h => h.Notice).ToListAsync(cancel);
        return new LetterView(request.Reference, request.Language, $"{content.FamilyName} {content.Forename}".Trim(), request.Outcome!.Value, request.Kinds, request.ReceivedAt, request.ToldAt ?? request.DecidedAt ?? request.ProposedAt!.Value,
            RequestBook.ReasonsOf(request, sealer), DecisionRules.TellsOfNotices(request.Outcome.Value) ? holdings.ConvertAll(h => new LetterHolding(h.Kind, h.Notice, h.Told is MayBeTold.Part, Encoding.UTF8.GetString(sealer.Open(h.Reason, RequestHolding.PlaceOf(h.Id))))) : []);
    }
}

/// <param name="Part">Something of it is withheld.</param>
internal sealed record LetterHolding(HeldKind Kind, string Notice, bool Part, string Words);
