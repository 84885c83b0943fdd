using System.Globalization;

namespace Amana.Server.Web;

/// <summary>Numbers, dates and spans as one language writes them: Latin digits everywhere, months in letters, times in UTC.</summary>
public sealed class Formats(Language language)
{
    private const string NarrowSpace = "\u202F";

    // Month names as this product writes them; Arabic by the bureau's habit, French and Spanish short and in small letters.
    private static readonly Dictionary<string, string[]> Months = new(StringComparer.Ordinal)
    {
        ["en"] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        ["fr"] = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
        ["es"] = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
        ["ar"] = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
    };

    private readonly NumberFormatInfo _numbers = new()
    {
        NumberGroupSeparator = language.Code switch { "fr" => NarrowSpace, "es" => ".", _ => "," },
        NumberDecimalSeparator = language.Code is "fr" or "es" ? "," : ".",
        NumberGroupSizes = [3],
    };

    /// <summary><c>48,210</c> in English and Arabic, <c>48 210</c> in French, <c>48.210</c> in Spanish.</summary>
    public string Number(long value) => value.ToString("N0", _numbers);

    public string Number(double value, int decimals) => value.ToString($"N{decimals}", _numbers);

    /// <param name="share">0 to 1.</param>
    public string Percent(double share, int decimals = 0)
    {
        string number = (share * 100).ToString($"N{decimals}", _numbers);
        return language.Code == "en" ? $"{number}%" : $"{number}{NarrowSpace}%";
    }

    /// <summary>A score between 0 and 1 as officers read it: a whole number up to 100, cut and never rounded up.</summary>
    public static int Score(double score) => (int)Math.Floor(Math.Clamp(score, 0, 1) * 100 + 1e-9);

    public string Date(DateOnly date) => $"{date.Day} {Month(date.Month)} {date.Year.ToString("D4", CultureInfo.InvariantCulture)}";

    /// <summary>A date of which parts may be missing: <c>1974</c>, <c>Aug 1974</c>, <c>12 Aug 1974</c>.</summary>
    public string Date(int? year, int? month, int? day) => string.Join(' ', new[]
    {
        month is null ? null : day?.ToString(CultureInfo.InvariantCulture),
        month is { } m ? Month(m) : null,
        year?.ToString("D4", CultureInfo.InvariantCulture),
    }.Where(p => p is not null));

    /// <summary><c>23 Nov 2026, 14:07 UTC</c>.</summary>
    public string Instant(DateTimeOffset instant)
    {
        var utc = instant.ToUniversalTime();
        string comma = language.IsRightToLeft ? "،" : ",";
        return $"{Date(DateOnly.FromDateTime(utc.DateTime))}{comma} {LeftToRight($"{Clock(utc)} UTC")}";
    }

    public static string Clock(DateTimeOffset instant) => instant.ToUniversalTime().ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Seconds below a minute, minutes below an hour, hours and minutes below two days, then days.</summary>
    public string Duration(TimeSpan span)
    {
        var texts = Texts.In(language);
        span = span.Duration();
        if (span < TimeSpan.FromMinutes(1)) return texts.Say("unit.seconds", ("n", (int)span.TotalSeconds));
        if (span < TimeSpan.FromHours(1)) return texts.Say("unit.minutes", ("n", (int)span.TotalMinutes));
        if (span < TimeSpan.FromHours(48))
            return texts.Say(span.Minutes == 0 ? "unit.hours" : "unit.hours-minutes", ("n", (int)span.TotalHours), ("m", span.Minutes));
        return texts.Say("unit.days", ("n", (int)span.TotalDays));
    }

    /// <summary>How long a computer took, to the millisecond: <c>0.006 s</c>.</summary>
    public string Seconds(double seconds) => Texts.In(language).Say("unit.seconds", ("n", Number(seconds, 3)));

    /// <summary>1024-based, one decimal, in the language's units: <c>4.2 MB</c>, <c>4,2 Mo</c>.</summary>
    public string Bytes(long bytes)
    {
        string[] units = Texts.In(language)["unit.bytes"].Split(' ');
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < units.Length - 1; unit++) value /= 1024;
        return $"{Number(value, unit == 0 ? 0 : 1)} {units[unit]}";
    }

    // A time with its zone reads left to right inside a sentence that does not.
    private string LeftToRight(string text) => language.IsRightToLeft ? $"\u2066{text}\u2069" : text;

    private string Month(int month) => month is >= 1 and <= 12 ? Months[language.Code][month - 1] : "";
}
