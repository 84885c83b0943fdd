using System.Diagnostics;
using Amana.Server.Access;

namespace Amana.Server.Tests.Access;

public class TokenCommandTests
{
    private static async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        string server = Path.Combine(AppContext.BaseDirectory, "Amana.Server.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [server, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    [Fact]
    public async Task A_token_made_beside_a_running_server_without_administrator_works_at_once()
    {
        await using var server = await AmanaServer.StartNewAsync(empty: true);
        var (code, output, error) = await RunAsync(
            "token", "create", "--data", server.DataFolder, "--name", "gate 4", "--right", "screen", "--right", "import", "--purpose", "visa-and-residence", "--expires", "90d");
        code.ShouldBe(0, error);
        using var client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", output.TrimEnd().Split('\n')[^1].Split(' ')[^1]);
        var me = await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync();
        me.GetProperty("rights").EnumerateArray().Select(r => r.GetString()).ShouldBe(["screen", "import"]);
        me.GetProperty("purpose").GetString().ShouldBe("visa-and-residence");
        (await server.JournalAsync("token.made")).ShouldHaveSingleItem().Who.ShouldBe("server:server");
    }

    [Theory]
    [InlineData("token create --name x --right screen", "--data is missing")]
    [InlineData("token create --data /tmp/x --right screen", "--name is missing")]
    [InlineData("token create --data /tmp/x --name x --right screen --expires soon", "--expires: 'soon'")]
    [InlineData("token create --data /tmp/x --name", "--name needs a value")]
    [InlineData("token destroy", "only token command")]
    [InlineData("token create --data /tmp/x --name x --colour blue", "Unknown argument '--colour'")]
    public void A_wrong_command_is_refused_in_words(string line, string sentence)
    {
        var (asked, wrong) = TokenCommand.Parse(line.Split(' '));
        asked.ShouldBeNull();
        wrong!.ShouldContain(sentence);
    }

    [Fact]
    public async Task An_unknown_right_is_refused_with_exit_code_1_and_no_trace()
    {
        await using var server = await AmanaServer.StartNewAsync(empty: true);
        var (code, output, error) = await RunAsync("token", "create", "--data", server.DataFolder, "--name", "x", "--right", "everything");
        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("There is no right 'everything'");
        error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("45s", 45)]
    [InlineData("30m", 1800)]
    [InlineData("12h", 43_200)]
    [InlineData("90d", 7_776_000)]
    public void A_life_is_a_number_and_a_unit(string text, int seconds) => TokenCommand.LifeOf(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("90")]
    [InlineData("-1d")]
    [InlineData("1.5h")]
    [InlineData("2147483647d")]
    [InlineData("9w")]
    public void Anything_else_is_no_life(string text) => TokenCommand.LifeOf(text).ShouldBeNull();
}
