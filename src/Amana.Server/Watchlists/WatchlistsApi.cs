using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Amana.Server.Watchlists;

/// <summary>Routes of lists, their sources and their records.</summary>
internal static class WatchlistsApi
{
    public static void MapLists(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Lists");
        api.MapGet("/lists", ReadAll).RequireAuthorization(nameof(Right.ReadLists));
        api.MapPost("/lists", Add).RequireAuthorization(nameof(Right.Import)).ProducesProblem(400).ProducesProblem(409);
        api.MapPost("/lists/{name}/remove", Remove).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/lists/{name}/restore", Restore).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409);
        api.MapGet("/lists/{name}", ReadOne).RequireAuthorization(nameof(Right.ReadLists)).ProducesProblem(404);
        api.MapPost("/lists/{name}/files", Upload).RequireAuthorization(nameof(Right.Import)).DisableAntiforgery()
            .Accepts<IFormFile>("multipart/form-data", "application/octet-stream").ProducesProblem(400).ProducesProblem(413).ProducesProblem(422);
        api.MapGet("/sources", ReadAll).RequireAuthorization(nameof(Right.ReadLists));
        api.MapPost("/sources", Add).RequireAuthorization(nameof(Right.Import)).ProducesProblem(400).ProducesProblem(409);
        api.MapPost("/sources/{name}/remove", Remove).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/sources/{name}/restore", Restore).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409);
        api.MapGet("/sources/{name}", ReadOne).RequireAuthorization(nameof(Right.ReadLists)).ProducesProblem(404);
        api.MapPatch("/sources/{name}", Change).RequireAuthorization(nameof(Right.Import)).ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/removed-lists", ReadRemoved).RequireAuthorization(nameof(Right.ReadLists));
        api.MapGet("/records", FindAll).RequireAuthorization(nameof(Right.ReadRecords)).WithTags("Records").ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/records/{id}", ReadRecordOf).RequireAuthorization(nameof(Right.ReadRecords)).WithTags("Records").ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>All lists, with the version that answers and where it comes from.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<ListView>>, ProblemHttpResult>> ReadAll(ReadLists readLists, Caller caller, CancellationToken cancel)
    {
        var result = await readLists.RunAsync(null, caller, cancel);
        return result.Succeeded(out var lists, out var refusal) ? TypedResults.Ok(lists) : refusal.ToProblem();
    }

    /// <summary>One list.</summary>
    internal static async Task<Results<Ok<ListView>, ProblemHttpResult>> ReadOne(string name, ReadLists readLists, Caller caller, CancellationToken cancel)
    {
        var result = await readLists.RunAsync(name, caller, cancel);
        return result.Succeeded(out var lists, out var refusal) ? TypedResults.Ok(lists[0]) : refusal.ToProblem();
    }

    /// <summary>Make a list and say where its files come from.</summary>
    /// <response code="201">The list; it answers nothing before its first run is published.</response>
    internal static async Task<Results<Created<ListView>, ProblemHttpResult>> Add(
        AddBody body, AddSource addSource, ReadLists readLists, Caller caller, CancellationToken cancel)
    {
        var result = await addSource.RunAsync(new(body.Name, body.Settings), caller, cancel);
        if (!result.Succeeded(out string? name, out var refusal)) return refusal.ToProblem();
        var list = await readLists.RunAsync(name, caller, cancel);
        return list.Succeeded(out var lists, out var unreadable) ? TypedResults.Created($"/api/v1/lists/{name}", lists[0]) : unreadable.ToProblem();
    }

    /// <summary>Change a list's source, title, guard or schedule; what is left out stays.</summary>
    internal static async Task<Results<Ok<ListView>, ProblemHttpResult>> Change(
        string name, ChangeBody body, ChangeSource changeSource, ReadLists readLists, Caller caller, CancellationToken cancel)
    {
        if (await changeSource.RunAsync(new(name, body.Settings), caller, cancel) is { } refused) return refused.ToProblem();
        var list = await readLists.RunAsync(name, caller, cancel);
        return list.Succeeded(out var lists, out var refusal) ? TypedResults.Ok(lists[0]) : refusal.ToProblem();
    }

    /// <summary>Take a list out of asking, with a reason. It can be restored until the time the answer names.</summary>
    /// <response code="409">It is removed already.</response>
    /// <response code="422">The reason is missing.</response>
    internal static async Task<Results<Ok<RemovedList>, ProblemHttpResult>> Remove(
        string name, RemoveBody body, RemoveList removeList, Caller caller, CancellationToken cancel)
    {
        var result = await removeList.RunAsync(new(name, body.Reason), caller, cancel);
        return result.Succeeded(out var removed, out var refusal) ? TypedResults.Ok(removed) : refusal.ToProblem();
    }

    /// <summary>Bring a removed list back as it was.</summary>
    /// <response code="409">It is not removed, or the time to restore it is over.</response>
    internal static async Task<Results<Ok<ListView>, ProblemHttpResult>> Restore(
        string name, RestoreList restoreList, ReadLists readLists, Caller caller, CancellationToken cancel)
    {
        if (await restoreList.RunAsync(name, caller, cancel) is { } refused) return refused.ToProblem();
        var list = await readLists.RunAsync(name, caller, cancel);
        return list.Succeeded(out var lists, out var refusal) ? TypedResults.Ok(lists[0]) : refusal.ToProblem();
    }

    /// <summary>Lists that were removed and can still be restored.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<RemovedList>>, ProblemHttpResult>> ReadRemoved(
        ReadRemovedLists readRemovedLists, Caller caller, CancellationToken cancel)
    {
        var result = await readRemovedLists.RunAsync(caller, cancel);
        return result.Succeeded(out var lists, out var refusal) ? TypedResults.Ok(lists) : refusal.ToProblem();
    }

    /// <summary>Send the files of a list: <c>multipart/form-data</c>, a part named <c>file</c> with a file name for each; text fields
    /// <c>title</c>, <c>format</c> and <c>mapping</c> may be anywhere. Or the bytes of one file, with <c>?file=NAME</c>.</summary>
    /// <response code="202">The run, in the queue. Ask its address until it is over.</response>
    internal static async Task<Results<Accepted<RunView>, ProblemHttpResult>> Upload(
        string name, HttpContext http, ReceiveFiles receiveFiles, ReadRuns readRuns, IOptions<WatchlistsOptions> options, Caller caller, CancellationToken cancel)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.Value.RunBytesMax;
        var body = new UploadBody(http.Request);
        var result = await receiveFiles.RunAsync(new(name, body.FilesAsync(cancel), () => body.Settings), caller, cancel);
        return result.Succeeded(out var reference, out var refusal) ? await RunsApi.AcceptedAsync(reference, readRuns, caller, cancel) : refusal.ToProblem();
    }

    /// <summary>A page of the records of a list, by identifier.</summary>
    internal static async Task<Results<Ok<FindRecords.Page>, ProblemHttpResult>> FindAll(
        FindRecords findRecords, Caller caller, CancellationToken cancel, string? list = null, string? q = null, string? after = null)
    {
        var result = await findRecords.RunAsync(new(list, q, after, null), caller, cancel);
        return result.Succeeded(out var page, out var refusal) ? TypedResults.Ok(page) : refusal.ToProblem();
    }

    /// <summary>What each list says of an identifier. Needs a purpose; the reading is journaled.</summary>
    internal static async Task<Results<Ok<RecordView>, ProblemHttpResult>> ReadRecordOf(string id, ReadRecord readRecord, Caller caller, CancellationToken cancel)
    {
        var result = await readRecord.RunAsync(new(id, null), caller, cancel);
        return result.Succeeded(out var record, out var refusal) ? TypedResults.Ok(record) : refusal.ToProblem();
    }

    internal sealed record RemoveBody(string? Reason);

    /// <param name="Mapping">A column mapping as an object: <c>columns</c>, <c>defaultSchema</c>, <c>delimiter</c>, <c>valueSeparator</c>.</param>
    internal sealed record AddBody(string? Name, string? Title, string? Kind, string? Address, string? Format, System.Text.Json.JsonElement? Mapping,
        string? Schedule, double? GuardShare, bool? IsOn)
    {
        internal SourceSettings Settings => new()
        {
            Title = Title, Kind = Kind, Address = Address, Format = Format, Mapping = Mapping?.GetRawText(), Schedule = Schedule, GuardShare = GuardShare, IsOn = IsOn,
        };
    }

    /// <inheritdoc cref="AddBody"/>
    internal sealed record ChangeBody(string? Title, string? Kind, string? Address, string? Format, System.Text.Json.JsonElement? Mapping,
        string? Schedule, double? GuardShare, bool? IsOn)
    {
        internal SourceSettings Settings => new()
        {
            Title = Title, Kind = Kind, Address = Address, Format = Format, Mapping = Mapping?.GetRawText(), Schedule = Schedule, GuardShare = GuardShare, IsOn = IsOn,
        };
    }
}
