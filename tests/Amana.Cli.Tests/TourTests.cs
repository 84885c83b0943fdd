using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Amana.Cli.Tests;

public partial class TourTests
{
    [Fact]
    public async Task Every_command_of_the_tour_works_as_it_stands_there()
    {
        string root = Root();
        string tour = await File.ReadAllTextAsync(Path.Combine(root, "docs/tour.md"), TestContext.Current.CancellationToken);
        string commands = string.Join('\n', Block().Matches(tour).Select(m => m.Groups[1].Value));
        commands.ShouldContain("./run --demo");
        string script = commands.Replace("5080", FreePort(), StringComparison.Ordinal);
        var called = await Called.InShellAsync($"set -e -m; cd '{root}'; rm -rf .amana/tour; trap 'kill $(jobs -p) 2>/dev/null || true' EXIT; {script}");
        called.Code.ShouldBe(0, called.Out + called.Error);
        called.Out.ShouldContain("QSP-1");
        called.Out.ShouldContain("'1981-02-31' is no date");
        called.Out.ShouldContain("\"state\":\"decided\"");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Amana.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
