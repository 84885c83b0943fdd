using Amana.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Access;

internal static class AccessApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Access");
        api.MapGet("/purposes", ReadPurposes).RequireAuthorization(Doors.SignedIn).ProducesProblem(401);
        api.MapGet("/me", ReadMe).RequireAuthorization(Doors.SignedIn).ProducesProblem(401);
    }

    /// <summary>The purposes for which personal data may be read, each with its rule and its texts.</summary>
    internal static Ok<IReadOnlyList<Purpose>> ReadPurposes(Purposes purposes) => TypedResults.Ok(purposes.All);

    /// <summary>Who am I here, and what may I do?</summary>
    internal static Ok<MeView> ReadMe(Caller caller) => TypedResults.Ok(new MeView(
        caller.Actor.ToString(), caller.Name, caller.Bureau, caller.Roles, [.. caller.Rights.Order()], caller.DefaultPurpose));

    /// <param name="Key">As in the journal.</param>
    /// <param name="Purpose">Used when a request names none; null when each must name one.</param>
    internal sealed record MeView(string Key, string Name, BureauCode Bureau, IReadOnlyList<Role> Roles, IReadOnlyList<Right> Rights, string? Purpose);
}
