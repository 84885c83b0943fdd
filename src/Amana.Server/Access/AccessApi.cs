using System.ComponentModel.DataAnnotations;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Access;

internal static class AccessApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Access").ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/purposes", ReadPurposes).RequireAuthorization(Doors.SignedIn);
        api.MapGet("/me", ReadMe).RequireAuthorization(Doors.SignedIn);
        api.MapGet("/tokens", ListTokens).RequireAuthorization(nameof(Right.ReadPeople));
        api.MapPost("/tokens", PostToken).RequireAuthorization(nameof(Right.ManageTokens)).ProducesProblem(400);
        api.MapDelete("/tokens/{id}", DeleteToken).RequireAuthorization(nameof(Right.ManageTokens)).ProducesProblem(404);
    }

    /// <summary>The purposes for which personal data may be read, each with its rule and its texts.</summary>
    internal static Ok<IReadOnlyList<Purpose>> ReadPurposes(Purposes purposes) => TypedResults.Ok(purposes.All);

    /// <summary>Who am I here, and what may I do?</summary>
    internal static Ok<MeView> ReadMe(Caller caller) => TypedResults.Ok(new MeView(
        caller.Actor.ToString(), caller.Name, caller.Bureau, caller.Roles, [.. caller.Rights.Order()], caller.DefaultPurpose));

    /// <summary>All tokens, newest first, without their secrets.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<ReadTokens.TokenView>>, ProblemHttpResult>> ListTokens(
        Caller caller, ReadTokens readTokens, CancellationToken cancel) =>
        (await readTokens.RunAsync(caller, cancel)).Succeeded(out var tokens, out var refusal) ? TypedResults.Ok(tokens) : refusal.ToProblem();

    /// <summary>Make a token for a machine.</summary>
    /// <response code="200">The token. Its secret is shown this once.</response>
    internal static async Task<Results<Ok<MadeView>, ProblemHttpResult>> PostToken(
        TokenBody body, Caller caller, MakeToken makeToken, CancellationToken cancel)
    {
        TimeSpan? lasts = null;
        if (!string.IsNullOrWhiteSpace(body.Expires) && (lasts = TokenCommand.LifeOf(body.Expires)) is null) return AccessRefusals.TokenLife.ToProblem();
        var result = await makeToken.RunAsync(new(body.Name, body.Rights ?? [], body.Purpose, lasts, body.MustExchange), caller, cancel);
        return result.Succeeded(out var made, out var refusal) ? TypedResults.Ok(new MadeView(made.Id, made.Secret)) : refusal.ToProblem();
    }

    /// <summary>End a token; it opens nothing from now on.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteToken(
        Id<ApiToken> id, Caller caller, EndToken endToken, CancellationToken cancel) =>
        await endToken.RunAsync(new(id), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <param name="Key">As in the journal.</param>
    /// <param name="Purpose">Used when a request names none; null when each must name one.</param>
    internal sealed record MeView(string Key, string Name, BureauCode Bureau, IReadOnlyList<Role> Roles, IReadOnlyList<Right> Rights, string? Purpose);

    /// <param name="Name">What it is for.</param>
    /// <param name="Rights">Words such as <c>screen</c>, <c>import</c>.</param>
    /// <param name="Purpose">Used when a request names none; without it, border-check.</param>
    /// <param name="Expires">Such as <c>90d</c>, <c>12h</c>; without it, until it is ended.</param>
    /// <param name="MustExchange">The secret opens nothing by itself; at <c>/connect/token</c> it is exchanged for access of a quarter of an hour.</param>
    internal sealed record TokenBody(string? Name, [MaxLength(50)] IReadOnlyList<string>? Rights, string? Purpose, string? Expires, bool MustExchange = false);

    internal sealed record MadeView(Id<ApiToken> Id, string Token);
}
