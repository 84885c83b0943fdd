using System.Text.Json.Serialization;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Screening;

/// <summary>Hits, and what officers say of them.</summary>
internal static class HitsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/hits").WithTags("Hits");
        api.MapGet("", List).RequireAuthorization(nameof(Right.Screen)).ProducesProblem(401).ProducesProblem(403).ProducesProblem(422);
        api.MapGet("/reasons", Reasons).RequireAuthorization(Doors.SignedIn).ProducesProblem(401);
        api.MapGet("/{reference}", Read).RequireAuthorization(nameof(Right.Screen)).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        var decide = api.MapGroup("").RequireAuthorization(nameof(Right.DecideHits));
        decide.MapPost("/{reference}/decision", Decide).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        decide.MapPost("/{reference}/undo", Undo).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        decide.MapPost("/{reference}/assign", Assign).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>The hits of your bureau.</summary>
    internal static async Task<Results<Ok<HitPage>, ProblemHttpResult>> List(
        Caller caller, ListHits listHits, CancellationToken cancel, string? state = null, string? batch = null, bool mine = false,
        bool strongest = false, int limit = ListHits.PageDefault, int offset = 0)
    {
        if (!StateWords.TryRead(state, out var wanted)) return ScreeningRefusals.OutOfRange("state", "open or decided").ToProblem();
        var result = await listHits.RunAsync(new() { State = wanted, Batch = batch, Mine = mine, StrongestFirst = strongest, Limit = limit, Offset = offset }, caller, cancel);
        return result.Succeeded(out var page, out var refused) ? TypedResults.Ok(page) : refused.ToProblem();
    }

    /// <summary>The reasons that a decision can name, with the verdicts each can stand for.</summary>
    internal static Ok<IReadOnlyList<DecisionReason>> Reasons() => TypedResults.Ok(DecisionReason.All);

    /// <summary>One hit: question, record and evidence as they were, with every decision on it.</summary>
    internal static async Task<Results<Ok<HitView>, ProblemHttpResult>> Read(string reference, Caller caller, ReadHit readHit, CancellationToken cancel) =>
        (await readHit.RunAsync(reference, caller, cancel)).Succeeded(out var hit, out var refused) ? TypedResults.Ok(hit) : refused.ToProblem();

    /// <summary>Say same person, not the same, or cannot tell, with a reason.</summary>
    /// <response code="409">Somebody else was first, or the hit is decided already. Nothing was recorded.</response>
    internal static async Task<Results<Ok<HitView>, ProblemHttpResult>> Decide(
        string reference, DecisionBody body, Caller caller, DecideHit decideHit, CancellationToken cancel)
    {
        if (body.Verdict is not null && VerdictWords.Read(body.Verdict) is null) return ScreeningRefusals.VerdictUnknown.ToProblem();
        var result = await decideHit.RunAsync(new(reference, VerdictWords.Read(body.Verdict), body.Reason, body.Text, body.Version), caller, cancel);
        return result.Succeeded(out var hit, out var refused) ? TypedResults.Ok(hit) : refused.ToProblem();
    }

    /// <summary>Take your own last decision back, within ten minutes.</summary>
    internal static async Task<Results<Ok<HitView>, ProblemHttpResult>> Undo(string reference, Caller caller, UndoDecision undo, CancellationToken cancel) =>
        (await undo.RunAsync(reference, caller, cancel)).Succeeded(out var hit, out var refused) ? TypedResults.Ok(hit) : refused.ToProblem();

    /// <summary>Take a hit as your own work, or give it back to all.</summary>
    internal static async Task<Results<Ok<HitView>, ProblemHttpResult>> Assign(
        string reference, AssignBody body, Caller caller, AssignHit assign, CancellationToken cancel) =>
        (await assign.RunAsync(new(reference, body.Mine, body.Version), caller, cancel)).Succeeded(out var hit, out var refused)
            ? TypedResults.Ok(hit) : refused.ToProblem();

    /// <param name="Verdict">same-person, not-the-same or cannot-tell.</param>
    /// <param name="Reason">A code of GET /api/v1/hits/reasons that fits the verdict.</param>
    /// <param name="Text">In your own words; needed for the reason `other`.</param>
    /// <param name="Version">Of the hit as you saw it; needed to decide a decided hit anew.</param>
    internal sealed record DecisionBody(string? Verdict, string? Reason, string? Text, long? Version);

    internal sealed record AssignBody([property: JsonRequired] bool Mine, long? Version);
}

/// <summary>States as words of the API and of addresses.</summary>
internal static class StateWords
{
    public static bool TryRead(string? word, out HitState? state)
    {
        state = word switch { "open" => HitState.Open, "decided" => HitState.Decided, _ => null };
        return state is not null || string.IsNullOrEmpty(word);
    }
}

/// <summary>Verdicts as words of the API and of forms.</summary>
internal static class VerdictWords
{
    public static Verdict? Read(string? word) => word switch
    {
        "same-person" => Verdict.SamePerson,
        "not-the-same" => Verdict.NotTheSame,
        "cannot-tell" => Verdict.CannotTell,
        _ => null,
    };

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.SamePerson => "same-person",
        Verdict.NotTheSame => "not-the-same",
        _ => "cannot-tell",
    };
}
