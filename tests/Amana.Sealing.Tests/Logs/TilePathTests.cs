using Amana.Sealing.Logs;
using CsCheck;

namespace Amana.Sealing.Tests.Logs;

public class TilePathTests
{
    [Theory]
    [InlineData("tile/0/000", 0, 0, 256)]
    [InlineData("tile/0/x001/x234/067", 0, 1_234_067, 256)]
    [InlineData("tile/1/001.p/8", 1, 1, 8)]
    [InlineData("tile/entries/x001/000.p/255", -1, 1000, 255)]
    public void A_path_of_the_specification_is_read_and_written(string text, int level, long number, int count)
    {
        TilePath.TryParse(text, out var path).ShouldBeTrue();
        (path!.Level, path.Number, path.Count).ShouldBe((level, number, count));
        path.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("checkpoint")]
    [InlineData("tile/0")]
    [InlineData("tile/0/5")]
    [InlineData("tile/0/0005")]
    [InlineData("tile/0/x000/005")]
    [InlineData("tile/0/001/005")]
    [InlineData("tile/0/x001/x005")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/08")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/8/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/data/000")]
    [InlineData("tile/0/../000")]
    [InlineData("tile/0/x..\\/000")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/0/x１２３/005")] // digits of another script
    public void What_is_no_path_is_refused(string text) => TilePath.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_path_reads_back_as_itself() => Gen.Select(Gen.Int[-1, 7], Gen.Long[0, long.MaxValue / 256], Gen.Int[1, 256]).Sample((level, number, count) =>
    {
        var path = level < 0 ? TilePath.OfEntries(number, count) : TilePath.OfTile(level, number, count);
        return TilePath.TryParse(path.ToString(), out var read) && read == path;
    }, iter: 5_000);
}
