using System.Globalization;

namespace Amana.Server.Watchlists.Pages;

/// <summary>The fields of a source as a page posts them.</summary>
internal static class PostedSource
{
    /// <param name="posted">Gives a field's text.</param>
    public static SourceSettings Read(Func<string, string?> posted) => new()
    {
        Title = posted("title"), Kind = posted("kind"), Address = posted("address"), Format = posted("format"),
        Mapping = posted("mapping"), Schedule = posted("schedule"), GuardShare = Share(posted("guardShare")),
    };

    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture);

    // What is no number becomes a share that the act refuses, with its reason.
    private static double? Share(string? percent)
    {
        if (string.IsNullOrWhiteSpace(percent)) return null;
        string text = percent.Replace(',', '.').Replace("%", "", StringComparison.Ordinal).Trim();
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value / 100 : -1;
    }
}
