using System.Globalization;

namespace Amana.Server.Web.Components;

/// <summary>A stored partial date (<c>1974</c>, <c>1974-08</c>, <c>1974-08-12</c>) as the reader's language writes it.</summary>
public static class DateText
{
    /// <summary>What cannot be read comes back as it is.</summary>
    public static string Of(string? iso, Formats formats)
    {
        ArgumentNullException.ThrowIfNull(formats);
        if (string.IsNullOrEmpty(iso)) return "";
        return string.Join(", ", iso.Split(',', ';').Select(one => One(one.Trim(), formats)));
    }

    private static string One(string iso, Formats formats)
    {
        string[] parts = iso.Split('-');
        if (parts.Length > 3 || parts[0].Length != 4) return iso;
        Span<int> numbers = stackalloc int[3];
        for (int i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return iso;
        return formats.Date(numbers[0], parts.Length > 1 ? numbers[1] : null, parts.Length > 2 ? numbers[2] : null);
    }
}
