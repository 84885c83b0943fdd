using System.Text.RegularExpressions;
using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

/// <summary>The codes that the files of refusals hold, as texts of their bodies.</summary>
internal static partial class RefusalCodes
{
    public static IEnumerable<(TypeName Type, string Code)> In(Built server) => server.Texts()
        .Where(t => t.Type.Name.EndsWith("Refusals", StringComparison.Ordinal) && Code().IsMatch(t.Text))
        .Select(t => (t.Type, t.Text));

    /// <summary>What is said of a file, a row or a value that is set aside or not compared, wherever it is said.</summary>
    public static IEnumerable<string> OfRows(Built assembly) => assembly.Texts().Select(t => t.Text).Where(t => OfRow().IsMatch(t));

    [GeneratedRegex(@"^(list|question)\.[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OfRow();

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
