using System.Text;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Amana.Server.Screening;

/// <summary>Files of questions, answered in the background.</summary>
internal static class BatchesApi
{
    private const int FieldBytesMax = 4_096;
    private const int FieldsMax = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/batches").WithTags("Batches").RequireAuthorization(nameof(Right.Screen));
        api.MapPost("", Take).Produces<BatchView>(202).ProducesProblem(400).ProducesProblem(403).ProducesProblem(413).ProducesProblem(422).DisableAntiforgery();
        api.MapGet("", List).ProducesProblem(403);
        api.MapGet("/{reference}", Read).ProducesProblem(403).ProducesProblem(404);
        api.MapGet("/{reference}/results", Fetch).Produces(200).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{reference}/pause", Pause).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{reference}/resume", Resume).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{reference}/stop", Stop).ProducesProblem(404).ProducesProblem(409);
        api.MapDelete("/{reference}", Forget).ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>Hand a file of questions in, CSV with a header or NDJSON, gzip or plain.</summary>
    /// <remarks>Either the file itself as the body with `name` and `agreed_by` in the query, or `multipart/form-data` with the
    /// fields `agreed_by`, `dataset`, `threshold`, `limit`, `purpose` before the part `file`.</remarks>
    /// <response code="202">Taken. Ask `GET /api/v1/batches/{reference}` for its progress.</response>
    internal static async Task<Results<Accepted<BatchView>, ProblemHttpResult>> Take(
        HttpContext http, Caller caller, TakeBatch takeBatch, CancellationToken cancel, string? name = null, [FromQuery(Name = "agreed_by")] string? agreedBy = null,
        string dataset = ChoiceRequest.Everything, double threshold = ScreenOne.ThresholdDefault, int limit = ScreenOne.LimitDefault)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = Batch.FileBytesMax + (1 << 20);
        var request = new TakeBatch.Request { FileName = name, File = http.Request.Body, AgreedBy = agreedBy, Dataset = dataset, Threshold = threshold, Limit = limit };
        if (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            if (!(await ReadFormAsync(http.Request, type, request, cancel)).Succeeded(out request, out var unreadable)) return unreadable.ToProblem();
        }
        var result = await takeBatch.RunAsync(request, caller, cancel);
        return result.Succeeded(out var batch, out var refused) ? TypedResults.Accepted($"/api/v1/batches/{batch.Reference}", batch) : refused.ToProblem();
    }

    /// <summary>The newest batches of your bureau.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<BatchView>>, ProblemHttpResult>> List(Caller caller, ReadBatches read, CancellationToken cancel) =>
        (await read.ListAsync(caller, cancel)).Succeeded(out var batches, out var refused) ? TypedResults.Ok(batches) : refused.ToProblem();

    /// <summary>One batch: state, counts, speed, what happens to it next.</summary>
    internal static async Task<Results<Ok<BatchView>, ProblemHttpResult>> Read(string reference, Caller caller, ReadBatches read, CancellationToken cancel) =>
        (await read.OneAsync(reference, caller, cancel)).Succeeded(out var batch, out var refused) ? TypedResults.Ok(batch) : refused.ToProblem();

    /// <summary>The rows with hits and the rows that could not be read, as NDJSON, or as CSV with `format=csv`.</summary>
    /// <remarks>Fetching the results of a batch that is over is its report: 24 hours later its rows are deleted.</remarks>
    internal static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Fetch(
        string reference, Caller caller, BatchResults results, CancellationToken cancel, string format = "ndjson")
    {
        if (format is not ("ndjson" or "csv")) return ScreeningRefusals.OutOfRange("format", "ndjson or csv").ToProblem();
        if (!(await results.OpenAsync(reference, caller, cancel)).Succeeded(out var batch, out var refused)) return refused.ToProblem();
        bool csv = format == "csv";
        return TypedResults.Stream(to => results.WriteAsync(batch.Reference, csv, to, caller, cancel),
            csv ? "text/csv; charset=utf-8" : ScreeningApi.NdJson, $"{batch.Reference}.{format}");
    }

    /// <summary>Hold a batch; it goes on where it was.</summary>
    internal static Task<Results<Ok<BatchView>, ProblemHttpResult>> Pause(string reference, Caller caller, SteerBatch steer, CancellationToken cancel) =>
        SteerAsync(reference, BatchOrder.Pause, caller, steer, cancel);

    /// <summary>Let a paused batch go on.</summary>
    internal static Task<Results<Ok<BatchView>, ProblemHttpResult>> Resume(string reference, Caller caller, SteerBatch steer, CancellationToken cancel) =>
        SteerAsync(reference, BatchOrder.Resume, caller, steer, cancel);

    /// <summary>End a batch before its last row; what was found stays.</summary>
    internal static Task<Results<Ok<BatchView>, ProblemHttpResult>> Stop(string reference, Caller caller, SteerBatch steer, CancellationToken cancel) =>
        SteerAsync(reference, BatchOrder.Stop, caller, steer, cancel);

    /// <summary>Delete the rows of a batch that is over, before its day.</summary>
    internal static Task<Results<Ok<BatchView>, ProblemHttpResult>> Forget(string reference, Caller caller, SteerBatch steer, CancellationToken cancel) =>
        SteerAsync(reference, BatchOrder.Forget, caller, steer, cancel);

    private static async Task<Results<Ok<BatchView>, ProblemHttpResult>> SteerAsync(
        string reference, BatchOrder order, Caller caller, SteerBatch steer, CancellationToken cancel) =>
        (await steer.RunAsync(reference, order, caller, cancel)).Succeeded(out var batch, out var refused) ? TypedResults.Ok(batch) : refused.ToProblem();

    // The file is streamed on, never held in memory; so the fields have to come before it.
    private static async Task<Result<TakeBatch.Request>> ReadFormAsync(
        HttpRequest http, MediaTypeHeaderValue type, TakeBatch.Request request, CancellationToken cancel)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 200) return FoundationRefusals.Unreadable with { Field = "Content-Type" };
        var form = new MultipartReader(boundary, http.Body);
        request = request with { File = null };
        try
        {
            for (int fields = 0; fields <= FieldsMax && await form.ReadNextSectionAsync(cancel) is { } part; fields++)
            {
                if (part.GetContentDispositionHeader() is not { } disposition) continue;
                string field = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (disposition.IsFileDisposition())
                {
                    string fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.Length > 0 ? disposition.FileNameStar : disposition.FileName).ToString();
                    return request with { FileName = fileName, File = part.Body };
                }
                if (!(await ReadFieldAsync(part.Body, cancel)).Succeeded(out string? value, out var refused)) return refused with { Field = field };
                if (!TryApply(field, value, ref request)) return ScreeningRefusals.OutOfRange(field, "a number");
            }
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            return FoundationRefusals.Unreadable with { Detail = "The form breaks off or is malformed." };
        }
        return request;
    }

    private static bool TryApply(string field, string value, ref TakeBatch.Request request)
    {
        switch (field)
        {
            case "agreed_by": request = request with { AgreedBy = value }; return true;
            case "purpose": request = request with { Purpose = value }; return true;
            case "dataset" when value.Length > 0: request = request with { Dataset = value }; return true;
            case "threshold" when value.Length > 0:
                bool isNumber = double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out double threshold);
                request = request with { Threshold = threshold };
                return isNumber;
            case "limit" when value.Length > 0:
                bool isWhole = int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out int limit);
                request = request with { Limit = limit };
                return isWhole;
            default: return true;
        }
    }

    private static async Task<Result<string>> ReadFieldAsync(Stream body, CancellationToken cancel)
    {
        byte[] buffer = new byte[FieldBytesMax + 1];
        int read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return read > FieldBytesMax ? ScreeningRefusals.BatchAgreementTooLong : Encoding.UTF8.GetString(buffer, 0, read);
    }
}
