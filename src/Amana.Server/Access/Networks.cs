namespace Amana.Server.Access;

/// <summary>Where a request comes from, as coarse as its pace needs: a home or an office, not one machine.</summary>
public static class Networks
{
    /// <summary>/24 of IPv4, /64 of IPv6.</summary>
    public static string Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return SignInForms.NetworkOf(http);
    }
}
