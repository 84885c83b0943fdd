using System.Globalization;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>The applicant asks that a decision be looked at again because of a new fact that could have changed it. It is a request of its own,
/// with its own reference, secret word and clock. Source: Statute of the Commission, article 42; domain.md 1.13.</summary>
internal sealed class AskForRevision(AmanaDb db, JournalWriter journal, FieldSealer sealer, StrangerForms forms, RequestTurn turns, TimeProvider clock)
{
    public const string FormUse = "data-request-revision";

    /// <param name="Known">The day on which the applicant learnt of the fact: 2026-11-27.</param>
    /// <param name="Fact">The fact, and why it could have changed the decision.</param>
    public sealed record Request(string? Reference, string? Secret, string? Form, string? Known, string? Fact);

    public async Task<Result<AskForData.Receipt>> RunAsync(Request request, CancellationToken cancel)
    {
        string reference = (request.Reference ?? "").Trim().ToUpperInvariant(), hash = forms.HashOf(AskForData.FormUse, request.Secret);
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == reference && r.SecretHash == hash, cancel) is not { } earlier) return RequestRefusals.CodeUnknown;
        if (forms.Read(FormUse, request.Form, out string number) is not FormStanding.Good) return RequestRefusals.FormStale;
        if (earlier.State is not RequestState.Told) return RequestRefusals.RevisionEarly;
        if (string.IsNullOrWhiteSpace(request.Fact)) return RequestRefusals.TextMissing("fact");
        if (request.Fact.Length > RequestContent.WhatCharsMax) return RequestRefusals.TooLong("fact");
        var now = clock.GetUtcNow();
        if (!DateOnly.TryParseExact(request.Known?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) || !IsInTime(known, earlier.DecidedAt!.Value, now)) return RequestRefusals.RevisionDay;

        using var turn = await turns.TakeAsync(cancel);
        // The word of a revision is one of requests: the applicant follows both at the same place.
        string secret = forms.CodeOf(FormUse, number), newHash = forms.HashOf(AskForData.FormUse, secret);
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.SecretHash == newHash, cancel) is { } same) return new AskForData.Receipt(same.Reference, secret);
        if (await db.DataRequests.AnyAsync(r => r.RevisionOf == earlier.Id && r.State != RequestState.Told, cancel)) return RequestRefusals.RevisionOpen;
        var id = Id<DataRequest>.New(clock);
        string what = string.Create(CultureInfo.InvariantCulture, $"{known:yyyy-MM-dd}\n{request.Fact.Trim()}");
        var kept = new DataRequest
        {
            Id = id, Reference = await db.NextReferenceAsync(now, cancel), SecretHash = newHash, Asked = earlier.Asked, Language = earlier.Language, ReceivedAt = now, RevisionOf = earlier.Id,
            Body = sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(RequestBook.ContentOf(earlier, sealer) with { What = what }, JsonRules.Options), $"data-request/{id}"),
        };
        db.DataRequests.Add(kept);
        db.AddStep(kept, "request.revision-asked", null, null, false, sealer, clock);
        db.AddStep(earlier, "request.revision-asked", null, null, false, sealer, clock);
        journal.Record(Actor.Server, "request.revision-asked", kept.Reference, details: new { revisionOf = earlier.Reference });
        await db.SaveChangesAsync(cancel);
        return new AskForData.Receipt(kept.Reference, secret);
    }

    /// <summary>Learnt of not before the decision, and at most six calendar months ago.</summary>
    internal static bool IsInTime(DateOnly known, DateTimeOffset decided, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return known >= DateOnly.FromDateTime(decided.UtcDateTime) && known <= today && today <= known.AddMonths(DataRequest.ReviseMonths);
    }
}
