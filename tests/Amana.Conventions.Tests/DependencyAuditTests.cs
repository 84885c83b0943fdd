using System.Text.Json;
using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

/// <summary>No package that we use, directly or through another, is known to be vulnerable. What the restore learned of it is in
/// <c>project.assets.json</c>; a machine that cannot reach the advisories learns nothing, and says so at the restore (NU1900).</summary>
public class DependencyAuditTests
{
    private static readonly string[] Vulnerable = ["NU1901", "NU1902", "NU1903", "NU1904"];

    [Fact]
    public void No_package_has_a_known_vulnerability()
    {
        string[] assets = Directory.GetFiles(Path.Combine(Repository.Root, "artifacts", "obj"), "project.assets.json", SearchOption.AllDirectories);
        assets.ShouldNotBeEmpty("nothing was restored, so nothing was audited");
        assets.SelectMany(FindingsOf).Distinct(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void The_audit_is_on_for_direct_and_indirect_packages()
    {
        string props = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));
        props.ShouldContain("<NuGetAudit>true</NuGetAudit>");
        props.ShouldContain("<NuGetAuditMode>all</NuGetAuditMode>");
    }

    private static IEnumerable<string> FindingsOf(string assets)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        if (!json.RootElement.TryGetProperty("logs", out var logs)) yield break;
        foreach (var log in logs.EnumerateArray().Where(l => Vulnerable.Contains(l.GetProperty("code").GetString(), StringComparer.Ordinal)))
        {
            yield return $"{Path.GetFileName(Path.GetDirectoryName(assets))}: {log.GetProperty("message").GetString()}";
        }
    }
}
