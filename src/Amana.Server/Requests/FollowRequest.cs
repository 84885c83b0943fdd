using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Amana.Server.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>The applicant looks where the request stands, answers what was asked, adds copies, and reads the letter once it is there.
/// Reference and secret word together are all that is asked for.</summary>
internal sealed class FollowRequest(AmanaDb db, JournalWriter journal, FieldSealer sealer, StrangerForms forms, TimeProvider clock)
{
    /// <param name="Answer">Null: only to look.</param>
    public sealed record Request(string? Reference, string? Secret, string? Answer, IReadOnlyList<byte[]> Papers);

    /// <param name="Question">What the reviewer asks for; null when nothing is waited for.</param>
    /// <param name="Letter">Null until the applicant is told.</param>
    public sealed record View(string Reference, RequestState State, DateTimeOffset ReceivedAt, DateTimeOffset? AdmissibleAt, DateTimeOffset? DueAt, string? Question, LetterView? Letter);

    public async Task<Result<View>> RunAsync(Request request, CancellationToken cancel)
    {
        string reference = (request.Reference ?? "").Trim().ToUpperInvariant(), hash = forms.HashOf(AskForData.FormUse, request.Secret);
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == reference && r.SecretHash == hash, cancel) is not { } kept) return RequestRefusals.CodeUnknown;
        if (request.Answer is not null && await AnswerAsync(kept, request, cancel) is { } refused) return refused;
        var question = kept.Standing is RequestState.Waiting
            ? await db.RequestSteps.AsNoTracking().Where(s => s.Request == kept.Id && s.Fact == "request.more-asked").OrderByDescending(s => s.At).FirstOrDefaultAsync(cancel) : null;
        var letter = kept.State is RequestState.Told ? await LetterView.OfAsync(db, sealer, kept, cancel) : null;
        // A proposal is no decision: until somebody confirms it the applicant sees the request as it was.
        return new View(kept.Reference, kept.Standing, kept.ReceivedAt, kept.AdmissibleAt, kept.Standing is RequestState.Admissible ? kept.DueAt : null, question is null ? null : RequestBook.TextOf(question, sealer), letter);
    }

    private async Task<Refusal?> AnswerAsync(DataRequest kept, Request request, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.Answer) && request.Papers.Count == 0) return RequestRefusals.TextMissing("answer");
        if (request.Answer!.Length > RequestContent.WhatCharsMax) return RequestRefusals.TooLong("answer");
        int papers = await db.RequestPapers.CountAsync(p => p.Request == kept.Id, cancel);
        if (papers + request.Papers.Count > RequestPaper.PerRequestMax) return RequestRefusals.PapersTooMany;
        foreach (byte[] paper in request.Papers)
        {
            if (!CleanPicture.TryRead(paper, out string mediaType, out byte[] clean)) return RequestRefusals.PaperUnreadable;
            AskForData.AddPaper(db, sealer, clock, kept, mediaType, clean, ++papers);
        }

        if (kept.Answered() is { } wrong) return wrong;
        db.AddStep(kept, "request.more-given", null, request.Answer, true, sealer, clock);
        journal.Record(Actor.Server, "request.more-given", kept.Reference, details: new { papers = request.Papers.Count });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
