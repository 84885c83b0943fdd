using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>One at a time gets a number.</summary>
internal sealed class RequestTurn : Turns;

/// <summary>Takes what somebody asks about data on themselves, with copies of what shows who it is.</summary>
internal sealed class AskForData(AmanaDb db, JournalWriter journal, FieldSealer sealer, StrangerForms forms, RequestTurn turns, TimeProvider clock)
{
    public const string FormUse = "data-request";
    /// <summary>All that are not finished together; beyond it somebody must look.</summary>
    public const int OpenMax = 20_000;

    public sealed record Request
    {
        public string? Form { get; init; }
        public string? Trap { get; init; }
        public IReadOnlyList<DataRequestKind> Kinds { get; init; } = [];
        public string? FamilyName { get; init; }
        public string? Forename { get; init; }
        public string? Born { get; init; }
        public string? Nationality { get; init; }
        public string? Through { get; init; }
        public string? What { get; init; }
        public IReadOnlyList<byte[]> Papers { get; init; } = [];
        public required Language Language { get; init; }
    }

    /// <param name="Secret">Shown once; with it the applicant follows the request.</param>
    public sealed record Receipt(string Reference, string Secret);

    public async Task<Result<Receipt>> RunAsync(Request request, CancellationToken cancel)
    {
        if (forms.Read(FormUse, request.Form, out string number) is not FormStanding.Good || !string.IsNullOrEmpty(request.Trap)) return RequestRefusals.FormStale;
        if (WhyNot(request) is { } wrong) return wrong;
        var papers = new List<(string MediaType, byte[] Bytes)>();
        foreach (byte[] paper in request.Papers)
        {
            if (!CleanPicture.TryRead(paper, out string mediaType, out byte[] clean)) return RequestRefusals.PaperUnreadable;
            papers.Add((mediaType, clean));
        }

        using var turn = await turns.TakeAsync(cancel);
        string secret = forms.CodeOf(FormUse, number), hash = forms.HashOf(FormUse, secret);
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.SecretHash == hash, cancel) is { } same) return new Receipt(same.Reference, secret);
        if (await db.DataRequests.CountAsync(r => r.State != RequestState.Told, cancel) >= OpenMax) return RequestRefusals.Full;
        var kept = await KeepAsync(request, hash, cancel);
        foreach (var (mediaType, bytes) in papers) AddPaper(db, sealer, clock, kept, mediaType, bytes, papers.IndexOf((mediaType, bytes)) + 1);
        db.AddStep(kept, "request.received", null, null, false, sealer, clock);
        journal.Record(Actor.Server, "request.received", kept.Reference, details: new { kept.Asked, papers = papers.Count });
        await db.SaveChangesAsync(cancel);
        return new Receipt(kept.Reference, secret);
    }

    internal static void AddPaper(AmanaDb db, FieldSealer sealer, TimeProvider clock, DataRequest request, string mediaType, byte[] bytes, int number)
    {
        var id = Id<RequestPaper>.New(clock);
        db.RequestPapers.Add(new RequestPaper { Id = id, Request = request.Id, Number = number, MediaType = mediaType, Body = sealer.Seal(bytes, RequestPaper.PlaceOf(id)) });
    }

    private async Task<DataRequest> KeepAsync(Request request, string hash, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        string year = $"DSR-{now.Year % 100:D2}-";
        // References are never given twice: the newest one of the year, plus one.
        string? last = await db.DataRequests.Where(r => r.Reference.StartsWith(year)).OrderByDescending(r => r.Reference).Select(r => r.Reference).FirstOrDefaultAsync(cancel);
        int next = last is null ? 1 : int.Parse(last.AsSpan(year.Length), CultureInfo.InvariantCulture) + 1;
        var id = Id<DataRequest>.New(clock);
        var content = new RequestContent(request.FamilyName!.Trim(), request.Forename?.Trim() ?? "", request.Born!.Trim(), Trimmed(request.Nationality), Trimmed(request.Through), request.What!.Trim());
        var kept = new DataRequest
        {
            Id = id, Reference = string.Create(CultureInfo.InvariantCulture, $"{year}{next:D5}"), SecretHash = hash, Asked = string.Join(',', request.Kinds.Distinct().Order()), Language = request.Language.Code,
            ReceivedAt = now, Body = sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(content, JsonRules.Options), $"data-request/{id}"),
        };
        db.DataRequests.Add(kept);
        return kept;
    }

    private static Refusal? WhyNot(Request request)
    {
        if (request.Kinds.Count == 0) return RequestRefusals.KindMissing;
        if (string.IsNullOrWhiteSpace(request.FamilyName)) return RequestRefusals.TextMissing("familyName");
        if (string.IsNullOrWhiteSpace(request.Born)) return RequestRefusals.TextMissing("born");
        if (string.IsNullOrWhiteSpace(request.What)) return RequestRefusals.TextMissing("what");
        if (request.FamilyName.Length > RequestContent.NameCharsMax) return RequestRefusals.TooLong("familyName");
        if (request.Forename is { Length: > RequestContent.NameCharsMax }) return RequestRefusals.TooLong("forename");
        if (request.Born.Length > RequestContent.BornCharsMax) return RequestRefusals.TooLong("born");
        if (request.Nationality is { Length: > RequestContent.NameCharsMax }) return RequestRefusals.TooLong("nationality");
        if (request.Through is { Length: > RequestContent.ThroughCharsMax }) return RequestRefusals.TooLong("through");
        if (request.What.Length > RequestContent.WhatCharsMax) return RequestRefusals.TooLong("what");
        if (request.Papers.Count == 0) return RequestRefusals.PaperMissing;
        return request.Papers.Count > RequestPaper.PerRequestMax ? RequestRefusals.PapersTooMany : null;
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal static class RequestBook
{
    /// <summary>Adds a step, with words when there are some.</summary>
    public static void AddStep(this AmanaDb db, DataRequest request, string fact, string? by, string? text, bool forApplicant, FieldSealer sealer, TimeProvider clock)
    {
        var id = Id<RequestStep>.New(clock);
        db.RequestSteps.Add(new RequestStep
        {
            Id = id, Request = request.Id, Fact = fact, At = clock.GetUtcNow(), By = by, ForApplicant = forApplicant,
            Text = string.IsNullOrWhiteSpace(text) ? null : sealer.Seal(Encoding.UTF8.GetBytes(text.Trim()), RequestStep.PlaceOf(id)),
        });
    }

    public static string? TextOf(RequestStep step, FieldSealer sealer) => step.Text is null ? null : Encoding.UTF8.GetString(sealer.Open(step.Text, RequestStep.PlaceOf(step.Id)));

    public static RequestContent ContentOf(DataRequest request, FieldSealer sealer) => JsonSerializer.Deserialize<RequestContent>(sealer.Open(request.Body, request.Place), JsonRules.Options)!;

    public static string? ReasonsOf(DataRequest request, FieldSealer sealer) => request.Reasons is null ? null : Encoding.UTF8.GetString(sealer.Open(request.Reasons, request.Place + "/reasons"));
}
