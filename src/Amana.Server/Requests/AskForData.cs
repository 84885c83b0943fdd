using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Amana.Server.Uploads;
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
        string reference = await db.NextReferenceAsync(now, cancel);
        var id = Id<DataRequest>.New(clock);
        var content = new RequestContent(request.FamilyName!.Trim(), request.Forename?.Trim() ?? "", request.Born!.Trim(), Trimmed(request.Nationality), Trimmed(request.Through), request.What!.Trim());
        var kept = new DataRequest
        {
            Id = id, Reference = reference, SecretHash = hash, Asked = string.Join(',', request.Kinds.Distinct().Order()), Language = request.Language.Code,
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
