using System.Diagnostics;

namespace Amana.Matching.Tests;

/// <summary>The quick start of src/Amana.Matching/README.md, compiled as it stands there.</summary>
public class QuickStartTests
{
    [Fact]
    public async Task The_quick_start_of_the_readme_finds_the_person_in_another_script()
    {
        string folder = Directory.CreateTempSubdirectory("amana-quick-start-").FullName;
        try
        {
            var start = new ProcessStartInfo("dotnet", [Program]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, error);
            (await output).Trim().ShouldMatch(@"^0\.\d{4} محمد الخطيب$");
            new FileInfo(Path.Combine(folder, "list.amana")).Length.ShouldBeGreaterThan(0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // artifacts/bin/<tests>/<configuration>/ is where a test runs; the program lies beside it.
    private static string Program
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(here.Parent!.Parent!.FullName, "QuickStart", here.Name, "QuickStart.dll");
        }
    }
}
