using System.Text;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Watchlists;

/// <summary>Routes of runs.</summary>
internal static class RunsApi
{
    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/runs").WithTags("Lists");
        api.MapGet("/", ReadAll).RequireAuthorization(nameof(Right.ReadLists)).ProducesProblem(404);
        api.MapPost("/", Start).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409);
        api.MapGet("/{reference}", Read).RequireAuthorization(nameof(Right.ReadLists)).ProducesProblem(404);
        api.MapPost("/{reference}/pause", Pause).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{reference}/resume", Resume).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{reference}/stop", Stop).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{reference}/confirm", Confirm).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/{reference}/undo", Undo).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404).ProducesProblem(409);
        api.MapGet("/{reference}/rejected", Rejected).RequireAuthorization(nameof(Right.Import)).ProducesProblem(404);
        api.MapGet("/{reference}/changes", Changes).RequireAuthorization(nameof(Right.ReadLists)).ProducesProblem(404);
        api.MapGet("/{reference}/log", Log).RequireAuthorization(nameof(Right.ReadLists)).ProducesProblem(404);
    }

    /// <summary>Runs, the newest first.</summary>
    internal static async Task<Results<Ok<ReadRuns.Page>, ProblemHttpResult>> ReadAll(
        ReadRuns readRuns, Caller caller, CancellationToken cancel, string? list = null, int skip = 0, int take = 50)
    {
        var result = await readRuns.RunAsync(new(list, null, skip, take), caller, cancel);
        return result.Succeeded(out var page, out var refusal) ? TypedResults.Ok(page) : refusal.ToProblem();
    }

    /// <summary>Fetch a list from its source now.</summary>
    /// <response code="202">The run, in the queue.</response>
    /// <response code="409">The list's files are uploaded, or a run waits or works already.</response>
    internal static async Task<Results<Accepted<RunView>, ProblemHttpResult>> Start(
        StartBody body, StartRun startRun, ReadRuns readRuns, Caller caller, CancellationToken cancel)
    {
        var result = await startRun.RunAsync(body.List ?? "", caller, cancel);
        return result.Succeeded(out var reference, out var refusal) ? await AcceptedAsync(reference, readRuns, caller, cancel) : refusal.ToProblem();
    }

    /// <summary>One run, as it stands this second.</summary>
    internal static Task<Results<Ok<RunView>, ProblemHttpResult>> Read(string reference, ReadRuns readRuns, Caller caller, CancellationToken cancel) =>
        OfAsync(reference, run => Task.FromResult<Refusal?>(null), readRuns, caller, cancel);

    /// <summary>Hold a run where it is.</summary>
    internal static Task<Results<Ok<RunView>, ProblemHttpResult>> Pause(
        string reference, SteerRun steerRun, ReadRuns readRuns, Caller caller, CancellationToken cancel) =>
        OfAsync(reference, run => steerRun.RunAsync(run, RunOrder.Pause, caller, cancel), readRuns, caller, cancel);

    /// <summary>Let a paused run go on.</summary>
    internal static Task<Results<Ok<RunView>, ProblemHttpResult>> Resume(
        string reference, SteerRun steerRun, ReadRuns readRuns, Caller caller, CancellationToken cancel) =>
        OfAsync(reference, run => steerRun.RunAsync(run, RunOrder.Resume, caller, cancel), readRuns, caller, cancel);

    /// <summary>End a run; the version that answers stays.</summary>
    internal static Task<Results<Ok<RunView>, ProblemHttpResult>> Stop(
        string reference, SteerRun steerRun, ReadRuns readRuns, Caller caller, CancellationToken cancel) =>
        OfAsync(reference, run => steerRun.RunAsync(run, RunOrder.Stop, caller, cancel), readRuns, caller, cancel);

    /// <summary>Take the loss that the guard stopped at, with a reason.</summary>
    internal static Task<Results<Ok<RunView>, ProblemHttpResult>> Confirm(
        string reference, ConfirmBody body, ConfirmRun confirmRun, ReadRuns readRuns, Caller caller, CancellationToken cancel) =>
        OfAsync(reference, run => confirmRun.RunAsync(new(run, body.Reason), caller, cancel), readRuns, caller, cancel);

    /// <summary>Take the last publication of a list back: the version before answers again.</summary>
    internal static Task<Results<Ok<RunView>, ProblemHttpResult>> Undo(
        string reference, UndoPublication undo, ReadRuns readRuns, Caller caller, CancellationToken cancel) =>
        OfAsync(reference, run => undo.RunAsync(run, caller, cancel), readRuns, caller, cancel);

    /// <summary>Rows and values that the run set aside: NDJSON, or CSV with <c>?format=csv</c>.</summary>
    internal static async Task<IResult> Rejected(
        string reference, ReadRunNotes notes, Caller caller, CancellationToken cancel, string? format = null)
    {
        if (!RunReference.TryParse(reference, null, out var run)) return WatchlistRefusals.RunUnknown.ToProblem();
        if (format is not (null or "csv" or "ndjson")) return WatchlistRefusals.NotesFormat.ToProblem();
        var result = await notes.RunAsync(new(run, ReadRunNotes.Note.Rejected), caller, cancel);
        if (!result.Succeeded(out var found, out var refusal)) return refusal.ToProblem();
        return format == "csv"
            ? StreamOf(found.Rejected, "\ufeff" + RunNotesText.CsvHead, RunNotesText.Csv, "text/csv; charset=utf-8", $"{run}-set-aside.csv")
            : StreamOf(found.Rejected, "", RunNotesText.Ndjson, "application/x-ndjson", $"{run}-set-aside.ndjson");
    }

    /// <summary>What the run added, changed and removed, by id, as NDJSON.</summary>
    internal static async Task<IResult> Changes(string reference, ReadRunNotes notes, Caller caller, CancellationToken cancel, string? kind = null)
    {
        if (!RunReference.TryParse(reference, null, out var run)) return WatchlistRefusals.RunUnknown.ToProblem();
        ChangeKind? only = null;
        if (kind is not null)
        {
            if (!Enum.TryParse<ChangeKind>(kind, ignoreCase: true, out var known) || int.TryParse(kind, out _)) return WatchlistRefusals.ChangeKindUnknown.ToProblem();
            only = known;
        }
        var result = await notes.RunAsync(new(run, ReadRunNotes.Note.Changes, only), caller, cancel);
        return result.Succeeded(out var found, out var refusal)
            ? StreamOf(found.Changes, "", RunNotesText.Ndjson, "application/x-ndjson", $"{run}-changes.ndjson")
            : refusal.ToProblem();
    }

    /// <summary>The run's log, the oldest line first.</summary>
    internal static async Task<Results<Ok<List<LogLineView>>, ProblemHttpResult>> Log(string reference, ReadRunNotes notes, Caller caller, CancellationToken cancel)
    {
        if (!RunReference.TryParse(reference, null, out var run)) return WatchlistRefusals.RunUnknown.ToProblem();
        var result = await notes.RunAsync(new(run, ReadRunNotes.Note.Log), caller, cancel);
        if (!result.Succeeded(out var found, out var refusal)) return refusal.ToProblem();
        var lines = new List<LogLineView>();
        await foreach (var line in found.Log.WithCancellation(cancel)) lines.Add(LogLineView.Of(line));
        return TypedResults.Ok(lines);
    }

    /// <summary>The queued run, with its address.</summary>
    internal static async Task<Results<Accepted<RunView>, ProblemHttpResult>> AcceptedAsync(RunReference reference, ReadRuns readRuns, Caller caller, CancellationToken cancel)
    {
        var result = await readRuns.RunAsync(new(Run: reference), caller, cancel);
        return result.Succeeded(out var page, out var refusal) ? TypedResults.Accepted($"/api/v1/runs/{reference}", page.Runs[0]) : refusal.ToProblem();
    }

    private static async Task<Results<Ok<RunView>, ProblemHttpResult>> OfAsync(
        string reference, Func<RunReference, Task<Refusal?>> act, ReadRuns readRuns, Caller caller, CancellationToken cancel)
    {
        if (!RunReference.TryParse(reference, null, out var run)) return WatchlistRefusals.RunUnknown.ToProblem();
        if (await act(run) is { } refused) return refused.ToProblem();
        var result = await readRuns.RunAsync(new(Run: run), caller, cancel);
        return result.Succeeded(out var page, out var refusal) ? TypedResults.Ok(page.Runs[0]) : refusal.ToProblem();
    }

    private static PushStreamHttpResult StreamOf<T>(IAsyncEnumerable<T> rows, string head, Func<T, string> write, string type, string name) => TypedResults.Stream(
        async body =>
        {
            await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 15, leaveOpen: true);
            await text.WriteAsync(head);
            await foreach (var row in rows) await text.WriteAsync(write(row));
        }, type, name);

    /// <param name="List">The list's name.</param>
    internal sealed record StartBody(string? List);

    internal sealed record ConfirmBody(string? Reason);
}
