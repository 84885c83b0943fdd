using Amana.Server.Foundation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

internal sealed class AccessModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<Gate>().AddScoped(CallerOfRequest.Of).AddSingleton<Purposes>().AddSingleton<KnownTokens>();
        services.AddScoped<MakeToken>().AddScoped<OneTimeLinks>();
        services.AddAuthentication(TokenSignIn.Name).AddScheme<AuthenticationSchemeOptions, TokenSignIn>(TokenSignIn.Name, null);
        services.AddAuthorization(Doors.Add).AddSingleton<IAuthorizationMiddlewareResultHandler, Doors.Answers>();
        services.AddAntiforgery();
    }

    public void AddTables(ModelBuilder model) => AccessTables.Add(model);

    public void MapApi(IEndpointRouteBuilder routes) => AccessApi.Map(routes);

    /// <summary>After the routing, so that an address is known before its rule is asked.</summary>
    public static void Use(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }
}
