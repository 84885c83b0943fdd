namespace Amana.Cli.Tests;

public class HelpTests
{
    [Theory]
    [InlineData()]
    [InlineData("screen")]
    [InlineData("explain")]
    [InlineData("index")]
    [InlineData("import")]
    [InlineData("lists")]
    [InlineData("bench")]
    [InlineData("journal", "verify")]
    public async Task Help_teaches_by_example(params string[] command)
    {
        var called = await Called.WithAsync([.. command, "--help"]);
        called.Code.ShouldBe(0);
        called.Out.ShouldContain("Examples");
        called.Out.ShouldContain($"  amana {string.Join(' ', command)}");
        called.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_version_is_one_line() => (await Called.WithAsync("--version")).Out.Trim().ShouldMatch(@"^\d+\.\d+\.\d+\S*$");
}
