using System.Globalization;
using System.Security.Claims;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Sessions of people: a cookie that names person and stamp, both looked at on every request, so that a closed
/// account, an ended session and a changed role count at once.</summary>
internal static class Sessions
{
    /// <summary>A person who is signed in.</summary>
    public const string Whole = "session";
    /// <summary>A person whose password was right and whose second step is awaited. Opens nothing.</summary>
    public const string Half = "half-session";

    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);
    /// <summary>However busy: a shift.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    public static readonly TimeSpan HalfLasts = TimeSpan.FromMinutes(5);
    private const string StampClaim = "stamp";
    private const string SinceClaim = "since";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        Harden(cookie, "amana-session", Idle);
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    public static void ConfigureHalf(CookieAuthenticationOptions cookie) => Harden(cookie, "amana-step", HalfLasts);

    public static Task OpenAsync(HttpContext http, Person person, TimeProvider clock) => http.SignInAsync(Whole, Of(person, Whole, clock));

    public static Task OpenHalfAsync(HttpContext http, Person person, TimeProvider clock) => http.SignInAsync(Half, Of(person, Half, clock));

    /// <summary>Who is between the two steps, or null.</summary>
    public static async Task<(Guid Person, string Stamp)?> FindHalfAsync(HttpContext http)
    {
        var found = await http.AuthenticateAsync(Half);
        return found.Principal is { } principal && IdOf(principal) is { } id ? (id, principal.FindFirstValue(StampClaim) ?? "") : null;
    }

    private static void Harden(CookieAuthenticationOptions cookie, string name, TimeSpan lasts)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; // the default address is http on this machine only
        cookie.ExpireTimeSpan = lasts;
        cookie.SlidingExpiration = false;
    }

    private static ClaimsPrincipal Of(Person person, string scheme, TimeProvider clock) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()),
        new Claim(StampClaim, person.SecurityStamp ?? ""),
        new Claim(SinceClaim, clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ], scheme));

    private static Guid? IdOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var instance = services.GetRequiredService<Instance>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var person = IdOf(context.Principal!) is { } id
            ? await services.GetRequiredService<AmanaDb>().Set<Person>().AsNoTracking().Include(p => p.Roles)
                .SingleOrDefaultAsync(p => p.Id == id, context.HttpContext.RequestAborted)
            : null;
        bool since = long.TryParse(context.Principal!.FindFirstValue(SinceClaim), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds);
        bool tooOld = !since || now - DateTimeOffset.FromUnixTimeSeconds(seconds) > Longest;
        if (person is null || tooOld || !person.MaySignIn || person.SecurityStamp != context.Principal!.FindFirstValue(StampClaim)
            || (person.IsSpecimen && !instance.IsTraining))
        {
            context.RejectPrincipal();
            return;
        }

        Role[] roles = [.. person.Roles.Select(r => r.Role).Order()];
        context.HttpContext.SetCaller(new Caller
        {
            Actor = person.AsActor,
            Bureau = instance.Bureau,
            Rights = RoleTable.RightsOf(roles),
            Name = person.DisplayName,
            Roles = roles,
            EarlierSignInAt = person.EarlierSignInAt,
        });
    }
}
