namespace Amana.Server.Access;

/// <summary>Browser and system in a person's words, from the header that a browser sends. Only this is stored: the whole header
/// tells more about a device than its owner needs to know it again.</summary>
internal static class DeviceName
{
    /// <summary>More than this of a header is not read.</summary>
    private const int CharsRead = 400;

    // In this order: most browsers also call themselves by the names of others.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <returns><c>Firefox · Linux</c>, one of the two, or null when neither is known.</returns>
    public static string? Of(string? userAgent)
    {
        if (string.IsNullOrEmpty(userAgent)) return null;
        string read = userAgent.Length <= CharsRead ? userAgent : userAgent[..CharsRead];
        string[] known = [.. new[] { NameIn(read, Browsers), NameIn(read, Systems) }.OfType<string>()];
        return known.Length == 0 ? null : string.Join(" · ", known);
    }

    private static string? NameIn(string read, (string Mark, string Name)[] names) =>
        names.FirstOrDefault(n => read.Contains(n.Mark, StringComparison.Ordinal)).Name;
}
