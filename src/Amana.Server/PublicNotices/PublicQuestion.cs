using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Amana.Server.PublicNotices;

/// <summary>A question to the public service, as clients of today put it. Unknown parameters are let be, empty ones are absent.
/// Source: domain.md 3.2, 3.3; interfaces.md, Public notices.</summary>
internal sealed record PublicQuestion
{
    public const int PageDefault = 20;
    /// <summary>The service pages through no more than this, whatever <c>total</c> says.</summary>
    public const int ReachMax = 160;
    private const int PatternCharsMax = 200;
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    private static readonly SearchValues<char> PatternSigns = SearchValues.Create("^$.*+?[](){}|\\");

    private static readonly string[] Known =
        ["name", "forename", "nationality", "arrestWarrantCountryId", "sexId", "ageMin", "ageMax", "freeText", "unResolution", "unReference"];

    private PublicQuestion(IReadOnlyList<(string Name, string Value)> given, int page, int perPage) => (Given, Page, PerPage) = (given, page, perPage);

    /// <summary>What was asked, in the order it came.</summary>
    public IReadOnlyList<(string Name, string Value)> Given { get; }
    public int Page { get; }
    public int PerPage { get; }

    /// <summary>Of the address, those that change the answer.</summary>
    public string[] Keys => [.. Given.Select(g => g.Name), "page", "resultPerPage"];

    /// <summary>What was asked under this name; empty when nothing was.</summary>
    public string ValueOf(string name) => Given.FirstOrDefault(g => g.Name == name).Value ?? "";

    public static PublicQuestion Read(IQueryCollection query)
    {
        var given = query.Where(q => Known.Contains(q.Key)).Select(q => (q.Key, Value: q.Value.ToString().Trim())).Where(q => q.Value.Length > 0).ToList();
        int perPage = Number(query["resultPerPage"]) is >= 1 and var asked ? (int)Math.Min(asked, ReachMax) : PageDefault;
        int page = Number(query["page"]) is >= 1 and var number ? (int)Math.Min(number, int.MaxValue) : 1;
        return new PublicQuestion(given, page, perPage);
    }

    /// <summary>Those that fit, in order; null when a pattern takes too long.</summary>
    public List<ReleasedNotice>? Of(IEnumerable<ReleasedNotice> notices, DateOnly today)
    {
        var tests = Given.Select(g => TestOf(g.Name, g.Value, today)).ToList();
        try
        {
            return [.. notices.Where(n => tests.TrueForAll(test => test(n)))];
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Func<ReleasedNotice, bool> TestOf(string name, string value, DateOnly today)
    {
        switch (name)
        {
            case "name":
                var byName = PatternOf(value);
                return n => byName(n.Name ?? "");
            case "forename":
                var byForename = PatternOf(value);
                return n => byForename(n.Forename ?? "");
            case "nationality": return n => n.Nationalities.Contains(value, StringComparer.OrdinalIgnoreCase);
            case "arrestWarrantCountryId": return n => n.Warrants.Any(w => string.Equals(w.Country, value, StringComparison.OrdinalIgnoreCase));
            case "sexId": return n => string.Equals(n.Sex, value, StringComparison.OrdinalIgnoreCase);
            case "ageMin": return Number(value) is { } least ? n => AgeOf(n, today) >= least : _ => true;
            case "ageMax": return Number(value) is { } most ? n => AgeOf(n, today) <= most : _ => true;
            case "unResolution": return Number(value) is { } resolution ? n => n.UnResolution == resolution : _ => false;
            case "unReference": return n => n.UnReference?.Contains(value, StringComparison.OrdinalIgnoreCase) is true;
            default:
                string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                return n => Array.TrueForAll(words, word => TextsOf(n).Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) is true));
        }
    }

    private static IEnumerable<string?> TextsOf(ReleasedNotice notice) =>
        [notice.Name, notice.Forename, notice.PlaceOfBirth, notice.Place, notice.UnReference, .. Words(notice).SelectMany(w => w.All), .. notice.Aliases];

    private static IEnumerable<PublicWords> Words(ReleasedNotice notice) => notice.Warrants.Select(w => w.Charge).Append(notice.Marks).Append(notice.Summary).OfType<PublicWords>();

    /// <summary>Part of a name, or a pattern: clients cut the list into pieces with patterns such as <c>^....$</c>. A pattern runs in
    /// linear time; one that cannot is taken as plain text.</summary>
    private static Func<string, bool> PatternOf(string text)
    {
        if (text.Length <= PatternCharsMax && text.AsSpan().ContainsAny(PatternSigns))
        {
            try
            {
                return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PatternTime).IsMatch;
            }
            catch (ArgumentException)
            {
                // No pattern: the letters themselves are looked for.
            }
            catch (NotSupportedException)
            {
                // Looks behind or repeats too much for linear time.
            }
        }

        return name => name.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whole years; null when the year is not known.</summary>
    internal static int? AgeOf(ReleasedNotice notice, DateOnly today)
    {
        string[] parts = (notice.DateOfBirth ?? "").Split('/');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int year) || year == 0) return null;
        int month = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int m) ? m : 0;
        int day = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int d) ? d : 0;
        return today.Year - year - ((today.Month, today.Day).CompareTo((month, day)) < 0 ? 1 : 0);
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
