using Amana.Server.Foundation;
using Microsoft.AspNetCore.Antiforgery;

namespace Amana.Server.Access;

/// <summary>How forms of the sign-in are read and answered.</summary>
internal static class SignInForms
{
    internal static string NetworkOf(HttpContext http) => SignInDelays.NetworkOf(http.Connection.RemoteIpAddress);

    internal static string? DeviceOf(HttpContext http) => DeviceName.Of(http.Request.Headers.UserAgent);

    /// <summary>Null when it is no form of ours.</summary>
    internal static async Task<IFormCollection?> ReadAsync(HttpContext http, IAntiforgery antiforgery, CancellationToken cancel)
    {
        if (!http.Request.HasFormContentType) return null;
        try
        {
            return await antiforgery.IsRequestValidAsync(http) ? await http.Request.ReadFormAsync(cancel) : null;
        }
        catch (Exception e) when (e is InvalidDataException or AntiforgeryValidationException)
        {
            return null; // more fields or longer ones than a form of ours has, or escapes that are none
        }
    }

    internal static IResult Back(string page, Refusal refusal, string target) =>
        Results.LocalRedirect($"{page}?refused={Uri.EscapeDataString(refusal.Code)}&return={Uri.EscapeDataString(target)}");

    // Never to another host, whatever the form says: "//evil.example" and "/\evil.example" are not local.
    internal static string LocalOnly(string? target) =>
        target is ['/', ..] and not ['/', '/' or '\\', ..] && !target.Any(char.IsControl) && target.Length <= 2000 ? target : "/";
}
