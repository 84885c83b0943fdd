using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Amana.Server.Screening;

/// <summary>Questions, one by one and as a stream.</summary>
internal static class ScreeningApi
{
    public const string NdJson = "application/x-ndjson";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/screenings").WithTags("Screening").RequireAuthorization(nameof(Right.Screen));
        api.MapPost("", Screen).Accepts<QuestionBody>("application/json", "*/*").Produces<ScreeningAnswer>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/bulk", Stream).Accepts<QuestionBody>(NdJson, "*/*").Produces(200, contentType: NdJson)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
    }

    /// <summary>Ask one question and get the possible answers with their reasons.</summary>
    /// <remarks>The body is a query line of the command line: `name` (a text or up to 50), and optional `id`, `schema`,
    /// `birthDate`, `country`, `gender`, `idNumber`. A match is a lead, not an identification.</remarks>
    /// <response code="200">Best first. `warnings` says what was not compared.</response>
    /// <response code="400">The question cannot be read; `field` and `detail` say why.</response>
    internal static async Task<Results<Ok<ScreeningAnswer>, ProblemHttpResult>> Screen(
        HttpRequest request, Caller caller, ScreenOne screenOne, CancellationToken cancel, string dataset = ChoiceRequest.Everything,
        int limit = ScreenOne.LimitDefault, double threshold = ScreenOne.ThresholdDefault, bool keep = false,
        [FromQuery(Name = "exclude_dataset")] string[]? excludeDataset = null, [FromQuery(Name = "exclude_schema")] string[]? excludeSchema = null,
        [FromQuery] string[]? topics = null, [FromQuery(Name = "changed_since")] string? changedSince = null,
        [FromQuery(Name = "exclude_entity_ids")] string[]? excludeEntityIds = null)
    {
        if (!(await RequestBody.ReadAsync(request, cancel)).Succeeded(out var body, out var unreadable)) return unreadable.ToProblem();
        if (!QuestionReader.Read(body).Succeeded(out var question, out var wrong)) return wrong.ToProblem();
        var result = await screenOne.RunAsync(new()
        {
            Question = question, Limit = limit, Threshold = threshold, Keep = keep,
            Choice = new ChoiceRequest
            {
                Dataset = dataset, ExcludeDatasets = excludeDataset ?? [], ExcludeSchemata = excludeSchema ?? [], Topics = topics ?? [],
                ChangedSince = changedSince, ExcludeIds = excludeEntityIds ?? [],
            },
        }, caller, cancel);
        return result.Succeeded(out var answer, out var refused) ? TypedResults.Ok(answer) : refused.ToProblem();
    }

    /// <summary>Ask any number of questions as a stream: a line in, a line out, in order.</summary>
    /// <remarks>Lines are those of `amana screen`. A line that cannot be read gives an error line in its place and the stream
    /// goes on. Answers are sent while questions still come.</remarks>
    internal static async Task<IResult> Stream(
        HttpContext http, Caller caller, ScreenStream screenStream, CancellationToken cancel, string dataset = ChoiceRequest.Everything,
        int limit = ScreenOne.LimitDefault, double threshold = ScreenOne.ThresholdDefault, bool explain = true,
        [FromQuery(Name = "exclude_dataset")] string[]? excludeDataset = null, [FromQuery] string[]? topics = null)
    {
        var opened = await screenStream.OpenAsync(new()
        {
            Limit = limit, Threshold = threshold, Explain = explain,
            Choice = new ChoiceRequest { Dataset = dataset, ExcludeDatasets = excludeDataset ?? [], Topics = topics ?? [] },
        }, caller, cancel);
        if (!opened.Succeeded(out var stream, out var refused)) return refused.ToProblem();

        // No limit on the length and none on patience: a client may send a question an hour.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate) requestRate.MinDataRate = null;
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate) responseRate.MinDataRate = null;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = NdJson;
        await screenStream.RunAsync(stream, http.Request.Body, http.Response.Body, cancel);
        return Results.Empty;
    }

    /// <summary>A question; read by hand so that every wrong type gets a field and a reason.</summary>
    /// <param name="Name">A text or a list of texts.</param>
    internal sealed record QuestionBody(
        string? Id, IReadOnlyList<string> Name, string? Schema, IReadOnlyList<string>? BirthDate, IReadOnlyList<string>? Country, string? Gender,
        IReadOnlyList<string>? IdNumber);
}
