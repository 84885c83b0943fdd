using System.Data.Common;
using System.Security.Claims;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Somebody has shown one factor.</summary>
/// <param name="Session">Null while a second step is awaited; only specimen people, who exist on training instances alone, have none.</param>
internal sealed record Entrance(Person Person, Session? Session);

/// <summary>Sessions of people: a cookie that names a <see cref="Session"/>, which is looked at with its person on every request,
/// so that a closed account, an ended session and a changed role count at once.</summary>
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
    /// <summary>When a session was last seen is written down no more often than this.</summary>
    public static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(1);
    private const string StampClaim = "stamp";
    private const string SessionClaim = "session";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        Harden(cookie, "amana-session", Idle);
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    public static void ConfigureHalf(CookieAuthenticationOptions cookie) => Harden(cookie, "amana-step", HalfLasts);

    /// <summary>Gives the browser the cookie of a session that the sign-in has made.</summary>
    public static Task OpenAsync(HttpContext http, Session session) =>
        http.SignInAsync(Whole, Naming(session.PersonId, new Claim(SessionClaim, session.Id.ToString()), Whole));

    /// <summary>The browser of who has shown one factor: on to where it wanted to go, or to the second step first.</summary>
    public static async Task<IResult> LetInAsync(HttpContext http, Entrance entrance, string target)
    {
        if (entrance.Session is { } session)
        {
            await OpenAsync(http, session);
            return Results.LocalRedirect(target);
        }

        await OpenHalfAsync(http, entrance.Person);
        return Results.LocalRedirect("/sign-in/second-step?return=" + Uri.EscapeDataString(target));
    }

    private static Task OpenHalfAsync(HttpContext http, Person person) =>
        http.SignInAsync(Half, Naming(person.Id, new Claim(StampClaim, person.SecurityStamp ?? ""), Half));

    /// <summary>Adds a session of that person to the context, and takes away those that are over.</summary>
    public static async Task<Session> BeginAsync(AmanaDb db, Person person, string? device, TimeProvider clock, CancellationToken cancel)
    {
        var over = clock.GetUtcNow() - Longest;
        await db.Set<Session>().Where(s => s.PersonId == person.Id && (s.OpenedAt < over || s.Stamp != person.SecurityStamp)).ExecuteDeleteAsync(cancel);
        var session = Session.Of(person, device, clock);
        db.Add(session);
        return session;
    }

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

    private static ClaimsPrincipal Naming(Guid person, Claim more, string scheme) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.ToString()), more], scheme));

    private static Guid? IdOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var instance = http.RequestServices.GetRequiredService<Instance>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var db = http.RequestServices.GetRequiredService<AmanaDb>();
        var session = Id<Session>.TryParse(context.Principal!.FindFirstValue(SessionClaim), null, out var id)
            ? await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, http.RequestAborted)
            : null;
        var person = session is null
            ? null
            : await db.Set<Person>().AsNoTracking().Include(p => p.Roles).SingleOrDefaultAsync(p => p.Id == session.PersonId, http.RequestAborted);
        if (session is null || person is null || !session.IsOpenFor(person, now) || (person.IsSpecimen && !instance.IsTraining))
        {
            context.RejectPrincipal();
            return;
        }

        await NoteSeenAsync(db, session, now, http.RequestAborted);
        Role[] roles = [.. person.Roles.Select(r => r.Role).Order()];
        http.SetCaller(new Caller
        {
            Actor = person.AsActor,
            Bureau = instance.Bureau,
            Rights = RoleTable.RightsOf(roles),
            Name = person.DisplayName,
            Roles = roles,
            EarlierSignInAt = person.EarlierSignInAt,
            Session = session.Id,
            ProvedAt = session.ProvedAt,
        });
    }

    private static async Task NoteSeenAsync(AmanaDb db, Session session, DateTimeOffset now, CancellationToken cancel)
    {
        if (now - session.SeenAt < NoteEvery) return;
        try
        {
            await db.Set<Session>().Where(s => s.Id == session.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), cancel);
        }
        catch (DbException)
        {
            // A full disk or a busy database is no reason to shut people out of the pages that show it.
        }
    }
}
