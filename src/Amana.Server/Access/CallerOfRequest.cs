using Amana.Server.Foundation;

namespace Amana.Server.Access;

/// <summary>Keeps the caller of a request beside the request.</summary>
internal static class CallerOfRequest
{
    public const string PurposeHeader = "Amana-Purpose";

    /// <summary>Called by the sign-in handlers. The header's purpose stands before the credentials' own.</summary>
    public static void SetCaller(this HttpContext http, Caller caller)
    {
        string header = http.Request.Headers[PurposeHeader].ToString().Trim();
        http.Features.Set(header.Length > 0 ? caller with { DefaultPurpose = header } : caller);
    }

    public static Caller? FindCaller(this HttpContext http) => http.Features.Get<Caller>();

    public static Caller Of(IServiceProvider services)
    {
        var instance = services.GetRequiredService<Instance>();
        return services.GetRequiredService<IHttpContextAccessor>().HttpContext?.FindCaller() ?? Caller.Nobody(instance.Bureau);
    }
}
