using Amana.Server.Access.Machines;
using Amana.Server.Access.OpenId;
using Amana.Server.Access.Passkeys;
using Amana.Server.Access.Recovery;
using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

internal sealed class AccessModule : IModule
{
    private const string Chooser = "token-or-session";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<Gate>().AddScoped(CallerOfRequest.Of).AddSingleton<Purposes>().AddSingleton<KnownTokens>();
        services.AddSingleton<SecondStep>().AddSingleton<SignInDelays>().AddScoped<OneTimeLinks>().AddScoped<PeopleTurn>().AddScoped<SpecimenPeople>();
        services.AddScoped<SignIn>().AddScoped<ConfirmSignIn>().AddScoped<SignOut>();
        services.AddScoped<OpenLink>().AddScoped<SetUpServer>().AddScoped<TakeUpLink>();
        services.AddScoped<ReadPeople>().AddScoped<InvitePerson>().AddScoped<ChangeRoles>().AddScoped<CloseAccount>();
        services.AddScoped<LostSignIn>().AddScoped<AskRecovery>().AddScoped<AnswerRecovery>().AddScoped<EndSessions>().AddScoped<ReadSessions>().AddScoped<ChangeOwnPassword>();
        services.AddScoped<MakeToken>().AddScoped<EndToken>().AddScoped<ReadTokens>().AddScoped<ReviewJournal>().AddScoped<CheckJournal>().AddScoped<SaveEntryProof>().AddScoped<EraseJournalContent>().AddScoped<RotateKeys>().AddScoped<ReadLooks>().AddScoped<KnownPeople>();
        AddWalls(services);
        AddPeopleStore(services);
        AddPasskeys(services);
        services.AddSingleton<StrangerForms>();
        RequestPace.Add(services, configuration);
        MachineSignIn.Add(services);

        var authentication = services.AddAuthentication(Chooser)
            .AddPolicyScheme(Chooser, null, chooser => chooser.ForwardDefaultSelector =
                http => http.Request.Headers.Authorization.Count > 0 ? TokenSignIn.Name : Sessions.Whole)
            .AddScheme<AuthenticationSchemeOptions, TokenSignIn>(TokenSignIn.Name, null)
            .AddCookie(Sessions.Whole, Sessions.Configure)
            .AddCookie(Sessions.Half, Sessions.ConfigureHalf);
        OpenIdSignIn.Add(services, configuration, authentication);
        services.AddAuthorization(Doors.Add).AddSingleton<IAuthorizationMiddlewareResultHandler, Doors.Answers>();
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "amana-form");
        // A reverse proxy on the same machine says who asked and whether it was https; nobody else is believed.
        services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
    }

    public void AddTables(ModelBuilder model)
    {
        AccessTables.Add(model);
        WallTables.AddTo(model);
    }

    public void MapApi(IEndpointRouteBuilder routes)
    {
        AccessApi.Map(routes);
        SignInApi.Map(routes);
        PasskeyApi.Map(routes);
        JournalApi.Map(routes);
        WallsApi.Map(routes);
        MachineApi.Map(routes);
        OpenIdApi.Map(routes);
    }

    public IEnumerable<MenuEntry> Menu =>
    [
        new("menu.group.oversight", "menu.audit", "/audit", "scroll-text", nameof(Right.ReadJournal)),
        new("menu.group.oversight", "menu.emergencies", "/audit/emergencies", "siren", nameof(Right.ReviewEmergencies)),
        new("menu.group.administration", "menu.people", "/admin/people", "users", nameof(Right.ReadPeople)),
    ];

    public async Task AddSpecimensAsync(IServiceProvider services, CancellationToken cancel)
    {
        var specimens = services.GetRequiredService<SpecimenPeople>();
        await specimens.AddAsync(cancel);
        await specimens.AddUnitsAsync(cancel);
    }

    /// <summary>After the routing, so that an address is known before its rule is asked.</summary>
    public static void Use(WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter(); // who asks is known; what is asked has cost nothing yet
        app.UseAuthorization();
    }

    private static void AddWalls(IServiceCollection services)
    {
        services.AddScoped<Kinds>().AddScoped<WallDoor>().AddScoped<MakeUnit>().AddScoped<PlacePerson>().AddScoped<ReadUnits>();
        services.AddScoped<RestrictRecord>().AddScoped<LiftRestriction>().AddScoped<ReadWall>();
        services.AddScoped<OpenInEmergency>().AddScoped<ReviewEmergency>().AddScoped<ReadEmergencies>();
        services.AddScoped<INotificationSource, EmergencyNews>().AddScoped<IMenuCounter, EmergencyNews>().AddScoped<IDeskSource, EmergencyNews>();
    }

    private static void AddPasskeys(IServiceCollection services)
    {
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>().AddSingleton<PasskeyChallenges>().AddScoped<PasskeyProof>();
        services.AddScoped<AddPasskey>().AddScoped<RemovePasskey>().AddScoped<ReadPasskeys>().AddScoped<SignInWithPasskey>().AddScoped<ProveAgain>();
        services.AddScoped<SignInRules>().AddScoped<SwitchPasswords>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.AuthenticatorTimeout = PasskeyChallenges.Lasts;
            passkeys.UserVerificationRequirement = "required"; // the device asks for finger, face or code: two factors in one step
            passkeys.ResidentKeyRequirement = "required";      // nobody types a name, so names cannot be tried out
        });
    }

    private static void AddPeopleStore(IServiceCollection services)
    {
        services.AddIdentityCore<Person>().AddUserStore<PeopleStore>();
        // OWASP's number for PBKDF2 with HMAC-SHA-512.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
    }
}
