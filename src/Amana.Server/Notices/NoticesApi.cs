using System.Text.Json;
using System.Text.Json.Serialization;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Uploads;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Notices;

/// <summary>Notices for programs: types, drafts, review, life cycle.</summary>
internal static class NoticesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/notices").WithTags("Notices");
        var read = api.MapGroup("").RequireAuthorization(nameof(Right.ReadNotices));
        read.MapGet("", List).ProducesProblem(400).ProducesProblem(403);
        read.MapGet("/types", Types);
        read.MapGet("/{reference}", Read).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        read.MapGet("/{reference}/pictures/{number:int}", Picture).ProducesProblem(404);
        var draft = api.MapGroup("").RequireAuthorization(nameof(Right.DraftNotices));
        draft.MapPost("", Draft).ProducesProblem(400).ProducesProblem(403);
        draft.MapPost("/check", Check).ProducesProblem(400).ProducesProblem(403);
        draft.MapPut("/{reference}", Save).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        draft.MapPost("/{reference}/pictures", AddPicture).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        draft.MapPost("/same-person", SamePerson).ProducesProblem(400).ProducesProblem(403).ProducesProblem(422).ProducesProblem(503);
        draft.MapDelete("/{reference}/pictures/{number:int}", DropPicture).ProducesProblem(404).ProducesProblem(409);
        draft.MapPost("/{reference}/amendments", Amend).ProducesProblem(404).ProducesProblem(409);
        read.MapPost("/{reference}/addenda", Annotate).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/{reference}/hits/{hit}/told", Tell).RequireAuthorization(nameof(Right.DecideHits)).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        read.MapPost("/{reference}/sightings", Report).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        var review = routes.MapGroup("/api/v1").WithTags("Notices").RequireAuthorization(nameof(Right.ReviewNotices));
        review.MapGet("/notices/statistics", Figures).ProducesProblem(400).ProducesProblem(403);
        review.MapPost("/notices/{reference}/answers", Answer).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        review.MapPost("/protections", Protect).ProducesProblem(400).ProducesProblem(422);
        review.MapPost("/protections/{id}/end", EndProtection).ProducesProblem(422);
        review.MapPost("/bureaus/{bureau}/requests", Measure).ProducesProblem(422);
        foreach (var edge in LifeCycle.Edges.Where(e => e.Taker is not Taker.Clock))
        {
            string word = JsonNamingPolicy.KebabCaseLower.ConvertName(edge.Event.ToString());
            api.MapPost($"/{{reference}}/{word}", (string reference, StepBody? body, Caller caller, MoveNotice move, CancellationToken cancel) => Move(reference, edge.Event, body, caller, move, cancel))
                .RequireAuthorization(edge.Right.ToString()).WithSummary($"Step '{word}', from {string.Join(" or ", edge.From).ToLowerInvariant()}.")
                .ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        }
    }

    /// <summary>The notices that you may see.</summary>
    internal static async Task<Results<Ok<NoticePage>, ProblemHttpResult>> List(Caller caller, ListNotices listNotices, CancellationToken cancel,
        string? colour = null, string? state = null, string? text = null, int limit = 50, int offset = 0)
    {
        var wanted = NoticeColourWords.Read(colour);
        NoticeState? inState = Enum.GetValues<NoticeState>().Cast<NoticeState?>().FirstOrDefault(s => JsonNamingPolicy.KebabCaseLower.ConvertName(s!.Value.ToString()) == state);
        if ((wanted is null && !string.IsNullOrEmpty(colour)) || (inState is null && !string.IsNullOrEmpty(state))) return NoticeRefusals.FilterUnknown.ToProblem();
        var result = await listNotices.RunAsync(new() { Colour = wanted, States = inState is { } one ? [one] : [], Text = text, Limit = limit, Offset = offset }, caller, cancel);
        return result.Succeeded(out var page, out var refused) ? TypedResults.Ok(page) : refused.ToProblem();
    }

    /// <summary>The types with their fields and criteria.</summary>
    internal static Ok<IReadOnlyList<TypeView>> Types() => TypedResults.Ok<IReadOnlyList<TypeView>>([.. Enum.GetValues<NoticeColour>().Select(TypeView.Of)]);

    /// <summary>One notice, whole. Header `Amana-Purpose`, or the token's own purpose. In an open standard with `format` or `Accept`: `ftm`
    /// (`application/vnd.followthemoney+json`), `jsonld` (`application/ld+json`), `stix` (`application/stix+json;version=2.1`).</summary>
    internal static async Task<Results<Ok<NoticeView>, FileContentHttpResult, ProblemHttpResult>> Read(
        string reference, Caller caller, ReadNotice readNotice, ExportNotice export, HttpRequest request, CancellationToken cancel, string? format = null)
    {
        if (!NoticeFormats.TryRead(format, request.Headers.Accept, out var wanted)) return NoticeRefusals.NoFormat.ToProblem();
        if (wanted is { } standard)
        {
            return (await export.RunAsync(new(reference, standard), caller, cancel)).Succeeded(out byte[]? bytes, out var no) ? TypedResults.Bytes(bytes, NoticeFormats.MediaTypeOf(standard)) : no.ToProblem();
        }

        return (await readNotice.RunAsync(new(reference, null), caller, cancel)).Succeeded(out var view, out var refused) ? TypedResults.Ok(view) : refused.ToProblem();
    }

    /// <summary>Figures of a year: received, published, refused by reason, by bureau and type, median times.</summary>
    internal static async Task<Results<Ok<CountNotices.View>, ProblemHttpResult>> Figures(Caller caller, CountNotices count, CancellationToken cancel, int? year = null) =>
        (await count.RunAsync(new(year), caller, cancel)).Succeeded(out var view, out var refused) ? TypedResults.Ok(view) : refused.ToProblem();

    /// <summary>One photograph.</summary>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Picture(string reference, int number, Caller caller, ReadPicture readPicture, HttpContext http, CancellationToken cancel)
    {
        if (!(await readPicture.RunAsync(new(reference, number), caller, cancel)).Succeeded(out var picture, out var refused)) return refused.ToProblem();
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Bytes(picture.Bytes, picture.MediaType);
    }

    /// <summary>Begin a notice or diffusion.</summary>
    internal static async Task<Results<Created<NoticeRow>, ProblemHttpResult>> Draft(DraftBody body, Caller caller, DraftNotice draftNotice, CancellationToken cancel)
    {
        if (NoticeColourWords.Read(body.Colour) is not { } colour) return NoticeRefusals.ColourUnknown.ToProblem();
        var result = await draftNotice.RunAsync(new(colour, body.Form, FieldsJson.Read(body.Fields)), caller, cancel);
        return result.Succeeded(out var notice, out var refused) ? TypedResults.Created($"/api/v1/notices/{notice.Reference}", NoticeViews.RowOf(notice)) : refused.ToProblem();
    }

    /// <summary>Ask whether a request would meet its criteria; nothing is kept.</summary>
    internal static async Task<Results<Ok<CheckView>, ProblemHttpResult>> Check(DraftBody body, Caller caller, CheckRequest check, CancellationToken cancel)
    {
        if (NoticeColourWords.Read(body.Colour) is not { } colour) return NoticeRefusals.ColourUnknown.ToProblem();
        var result = await check.RunAsync(new(colour, body.Form, body.Reference, FieldsJson.Read(body.Fields)), caller, cancel);
        if (!result.Succeeded(out var answer, out var refused)) return refused.ToProblem();
        return TypedResults.Ok(new CheckView(answer.Check.MaySubmit && answer.Problems.Count == 0, [.. answer.Check.Findings.Select(f => FindingView.Of(f))], [.. answer.Problems.Select(p => new ProblemView(p.Field, p.Code, p.Detail))]));
    }

    /// <summary>Keep what was written. `version` is that of the notice as you saw it.</summary>
    internal static async Task<Results<Ok<NoticeRow>, ProblemHttpResult>> Save(string reference, SaveBody body, Caller caller, SaveDraft saveDraft, CancellationToken cancel) =>
        (await saveDraft.RunAsync(new(reference, body.Version, FieldsJson.Read(body.Fields)), caller, cancel)).Succeeded(out var notice, out var refused)
            ? TypedResults.Ok(NoticeViews.RowOf(notice)) : refused.ToProblem();

    /// <summary>Before a request is begun: notices in force and requests at work about the same person. A question like any other, journaled.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<FindSamePerson.Row>>, ProblemHttpResult>> SamePerson(DraftBody body, Caller caller, FindSamePerson find, CancellationToken cancel)
    {
        if (NoticeColourWords.Read(body.Colour) is not { } colour) return NoticeRefusals.ColourUnknown.ToProblem();
        return (await find.RunAsync(new(colour, FieldsJson.Read(body.Fields)), caller, cancel)).Succeeded(out var rows, out var refused) ? TypedResults.Ok(rows) : refused.ToProblem();
    }

    /// <summary>Take a photograph out.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DropPicture(string reference, int number, Caller caller, RemovePicture remove, CancellationToken cancel) =>
        await remove.RunAsync(new(reference, number), caller, cancel) is { } refused ? refused.ToProblem() : TypedResults.NoContent();

    /// <summary>Begin an amendment of a notice in force: a copy that is written, reviewed and published under its own reference.</summary>
    internal static async Task<Results<Created<NoticeRow>, ProblemHttpResult>> Amend(string reference, Caller caller, AmendNotice amend, CancellationToken cancel) =>
        (await amend.RunAsync(new(reference), caller, cancel)).Succeeded(out var amendment, out var refused)
            ? TypedResults.Created($"/api/v1/notices/{amendment.Reference}", NoticeViews.RowOf(amendment)) : refused.ToProblem();

    /// <summary>Add an addendum, which everybody reads before the notice. Owner or reviewer.</summary>
    internal static async Task<Results<Ok<Id<NoticeAddendum>>, ProblemHttpResult>> Annotate(string reference, AddendumBody body, Caller caller, AddAddendum add, CancellationToken cancel)
    {
        var kind = Enum.GetValues<AddendumKind>().Cast<AddendumKind?>().FirstOrDefault(k => JsonNamingPolicy.KebabCaseLower.ConvertName(k!.Value.ToString()) == body.Kind);
        if (kind is not { } known) return NoticeRefusals.AddendumKindUnknown.ToProblem();
        var result = await add.RunAsync(new(reference, known, body.Texts ?? new Dictionary<string, string?>(StringComparer.Ordinal), body.Replaces, body.Version), caller, cancel);
        return result.Succeeded(out var id, out var refused) ? TypedResults.Ok(id) : refused.ToProblem();
    }

    /// <summary>Tell the owner that the person or thing was met with: seen, located, arrested, identified, not-the-person.</summary>
    internal static async Task<Results<Ok<Id<Sighting>>, ProblemHttpResult>> Report(string reference, SightingBody body, Caller caller, ReportSighting report, CancellationToken cancel) =>
        (await report.RunAsync(new(reference, body.Kind, body.On, body.Where, body.Text), caller, cancel)).Succeeded(out var id, out var refused) ? TypedResults.Ok(id) : refused.ToProblem();

    /// <summary>Tell the owner, on its own server, of a hit on its notice.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Tell(string reference, string hit, Caller caller, TellHit tell, CancellationToken cancel) =>
        await tell.RunAsync(new(reference, hit), caller, cancel) is { } refused ? refused.ToProblem() : TypedResults.NoContent();

    /// <summary>Add a photograph: the bytes of one JPEG or PNG file.</summary>
    internal static async Task<Results<Ok<int>, ProblemHttpResult>> AddPicture(string reference, HttpRequest request, Caller caller, AddPicture addPicture, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        byte[] part = new byte[64 * 1024];
        for (int read; (read = await request.Body.ReadAsync(part, cancel)) > 0 && bytes.Length <= CleanPicture.BytesMax;) bytes.Write(part, 0, read);
        return (await addPicture.RunAsync(new(reference, bytes.ToArray()), caller, cancel)).Succeeded(out int number, out var refused) ? TypedResults.Ok(number) : refused.ToProblem();
    }

    /// <summary>Say met or not met of one criterion, with the reason.</summary>
    internal static async Task<Results<Ok<FindingView>, ProblemHttpResult>> Answer(string reference, AnswerBody body, Caller caller, AnswerCriterion answer, CancellationToken cancel) =>
        (await answer.RunAsync(new(reference, body.Criterion, body.Met, body.Text), caller, cancel)).Succeeded(out var finding, out var refused)
            ? TypedResults.Ok(FindingView.Of(finding)) : refused.ToProblem();

    internal static async Task<Results<Ok<NoticeRow>, ProblemHttpResult>> Move(string reference, NoticeEvent what, StepBody? body, Caller caller, MoveNotice move, CancellationToken cancel) =>
        (await move.RunAsync(new(reference, what, body?.Reason, body?.Code, body?.Version), caller, cancel)).Succeeded(out var notice, out var refused)
            ? TypedResults.Ok(NoticeViews.RowOf(notice)) : refused.ToProblem();

    /// <summary>Record that somebody is protected against states. The name is not kept.</summary>
    internal static async Task<Results<Ok<Id<Protection>>, ProblemHttpResult>> Protect(ProtectionBody body, Caller caller, RecordProtection record, CancellationToken cancel) =>
        (await record.RunAsync(new(FieldsJson.Read(body.Fields), body.Against, body.ConfirmedBy), caller, cancel)).Succeeded(out var id, out var refused) ? TypedResults.Ok(id) : refused.ToProblem();

    /// <summary>The protection is over.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> EndProtection(Id<Protection> id, Caller caller, RecordProtection record, CancellationToken cancel) =>
        (await record.RunAsync(new(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), [], null, id), caller, cancel)).Succeeded(out _, out var refused) ? TypedResults.NoContent() : refused.ToProblem();

    /// <summary>A bureau may send no requests, or may again.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Measure(string bureau, MeasureBody body, Caller caller, SuspendBureau suspend, CancellationToken cancel) =>
        await suspend.RunAsync(new(bureau, body.Suspended, body.Reason), caller, cancel) is { } refused ? refused.ToProblem() : TypedResults.NoContent();

    /// <param name="Fields">By name: a text, a number, true or false, or a list of texts.</param>
    internal sealed record DraftBody(string? Colour, NoticeForm Form, JsonElement? Fields, string? Reference);

    internal sealed record SaveBody([property: JsonRequired] long Version, JsonElement? Fields);

    /// <param name="Code">A reason of GET /api/v1/notices/types where the step needs one.</param>
    internal sealed record StepBody(string? Reason, string? Code, long? Version);

    internal sealed record AnswerBody(string? Criterion, [property: JsonRequired] bool Met, string? Text);

    /// <param name="Texts">By language: ar, en, fr, es.</param>
    /// <param name="Replaces">The id of an earlier addendum that this one takes the place of.</param>
    internal sealed record AddendumBody(string? Kind, IReadOnlyDictionary<string, string?>? Texts, Id<NoticeAddendum>? Replaces, long? Version);

    /// <param name="On">The day, such as `2026-11-24`.</param>
    internal sealed record SightingBody(SightingKind? Kind, string? On, string? Where, string? Text);

    internal sealed record ProtectionBody(JsonElement? Fields, IReadOnlyList<string> Against, string? ConfirmedBy);

    internal sealed record MeasureBody([property: JsonRequired] bool Suspended, string? Reason);

    internal sealed record CheckView(bool MaySubmit, IReadOnlyList<FindingView> Findings, IReadOnlyList<ProblemView> Problems);

    internal sealed record ProblemView(string? Field, string Code, string Detail);

    internal sealed record TypeView(NoticeColour Colour, char Letter, string Rule, string Purpose, IReadOnlyList<FieldView> Fields, IReadOnlyList<CriterionView> Criteria)
    {
        public static TypeView Of(NoticeColour colour) => new(colour, NoticeRules.Own.Of(colour).Letter, NoticeRules.Own.Of(colour).Rule, NoticeRules.Own.Of(colour).Purpose,
            [.. NoticeRules.Own.FieldsOf(colour).Select(f => new FieldView(f.Name, f.Kind.ToString().ToLowerInvariant(), f.Section, f.Choices, f.Names["en"], f.IsTranslated))],
            [.. NoticeRules.Own.CriteriaOf(colour).Select(c => new CriterionView(c.Id, c.Rule, c.Names["en"]))]);
    }

    /// <param name="Translated">It may also be given as `name.ar`, `name.en`, `name.fr`, `name.es`.</param>
    internal sealed record FieldView(string Name, string Kind, string Section, IReadOnlyList<string> Choices, string Label, bool Translated);

    internal sealed record CriterionView(string Id, string Rule, string Name);
}

/// <summary>Fields as JSON has them, as texts.</summary>
internal static class FieldsJson
{
    private const int FieldsMax = 200;

    public static Dictionary<string, IReadOnlyList<string>> Read(JsonElement? fields)
    {
        var read = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (fields is not { ValueKind: JsonValueKind.Object } there) return read;
        foreach (var field in there.EnumerateObject().Take(FieldsMax))
        {
            read[field.Name] = field.Value.ValueKind is JsonValueKind.Array ? [.. field.Value.EnumerateArray().Take(NoticeField.ValuesMax + 1).Select(TextOf)] : [TextOf(field.Value)];
        }

        return read;
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => NoticeField.Yes,
        JsonValueKind.False or JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
