using System.ComponentModel.DataAnnotations;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Access.Walls;

/// <summary>Units, restrictions of single records, and emergencies.</summary>
internal static class WallsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Need to know").ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/units", Units).RequireAuthorization(nameof(Right.ReadPeople));
        api.MapPut("/units/{code}", PutUnit).RequireAuthorization(nameof(Right.ManagePeople)).ProducesProblem(400);
        api.MapPut("/people/{id:guid}/unit", PutPerson).RequireAuthorization(nameof(Right.ManagePeople)).ProducesProblem(404);
        var wall = api.MapGroup("/restrictions/{reference}").RequireAuthorization(nameof(Right.RestrictRecords)).ProducesProblem(404);
        wall.MapGet("", Read);
        wall.MapPut("", Restrict).ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);
        wall.MapDelete("", Lift).ProducesProblem(400).ProducesProblem(409);
        api.MapPost("/emergencies", Open).RequireAuthorization(nameof(Right.OpenInEmergency)).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);
        api.MapGet("/emergencies", List).RequireAuthorization(nameof(Right.ReviewEmergencies));
        api.MapPost("/emergencies/{id:guid}/review", Review).RequireAuthorization(nameof(Right.ReviewEmergencies)).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    /// <summary>The units of the bureau.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<ReadUnits.UnitView>>, ProblemHttpResult>> Units(Caller caller, ReadUnits readUnits, CancellationToken cancel) =>
        (await readUnits.RunAsync(caller, cancel)).Succeeded(out var units, out var refusal) ? TypedResults.Ok(units) : refusal.ToProblem();

    /// <summary>Make a unit, or give it another name.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PutUnit(string code, UnitBody body, Caller caller, MakeUnit makeUnit, CancellationToken cancel) =>
        Said(await makeUnit.RunAsync(new(code, body.Name), caller, cancel));

    /// <summary>Put a person into a unit, or out of all.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PutPerson(Guid id, PlaceBody body, Caller caller, PlacePerson place, CancellationToken cancel) =>
        Said(await place.RunAsync(new(id, body.Unit), caller, cancel));

    /// <summary>For whom a record is.</summary>
    internal static async Task<Results<Ok<ReadWall.View>, ProblemHttpResult>> Read(string reference, Caller caller, ReadWall readWall, CancellationToken cancel) =>
        (await readWall.RunAsync(reference, caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Say of a record that it is for some units and people only.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Restrict(string reference, WallBody body, Caller caller, RestrictRecord restrict, CancellationToken cancel) =>
        Said(await restrict.RunAsync(new(reference, body.Units ?? [], body.People ?? [], body.Concealed, body.Reason, body.Version), caller, cancel));

    /// <summary>Open a record again to all who may read its kind.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Lift(string reference, string? reason, long? version, Caller caller, LiftRestriction lift, CancellationToken cancel) =>
        Said(await lift.RunAsync(new(reference, reason, version), caller, cancel));

    /// <summary>Open one restricted record because it cannot wait: for four hours, seen by all concerned, reviewed each time.</summary>
    internal static async Task<Results<Ok<OpenInEmergency.Opened>, ProblemHttpResult>> Open(EmergencyBody body, Caller caller, OpenInEmergency open, CancellationToken cancel) =>
        (await open.RunAsync(new(body.Record, body.Reason), caller, cancel)).Succeeded(out var opened, out var refusal) ? TypedResults.Ok(opened) : refusal.ToProblem();

    /// <summary>Emergencies: those that wait for a review, and the last that were reviewed.</summary>
    internal static async Task<Results<Ok<ReadEmergencies.View>, ProblemHttpResult>> List(Caller caller, ReadEmergencies read, CancellationToken cancel) =>
        (await read.RunAsync(caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Say of an emergency: justified or not, and why. What was not justified ends at once.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Review(Guid id, ReviewBody body, Caller caller, ReviewEmergency review, CancellationToken cancel) =>
        Said(await review.RunAsync(new(id, body.Justified, body.Finding), caller, cancel));

    private static Results<NoContent, ProblemHttpResult> Said(Refusal? refusal) => refusal is null ? TypedResults.NoContent() : refusal.ToProblem();

    internal sealed record UnitBody(string? Name);

    /// <param name="Unit">A unit's code; null: none.</param>
    internal sealed record PlaceBody(string? Unit);

    /// <param name="Units">Codes of units.</param>
    /// <param name="People">Keys of people.</param>
    /// <param name="Concealed">Others do not learn that the record exists.</param>
    /// <param name="Reason">10 to 1,000 letters.</param>
    /// <param name="Version">As GET answered it; null when the record was not restricted.</param>
    internal sealed record WallBody([MaxLength(50)] IReadOnlyList<string>? Units, [MaxLength(50)] IReadOnlyList<Guid>? People, bool Concealed, string? Reason, long? Version);

    /// <param name="Reason">20 to 1,000 letters; owner and compliance read it.</param>
    internal sealed record EmergencyBody(string? Record, string? Reason);

    internal sealed record ReviewBody(bool? Justified, string? Finding);
}
