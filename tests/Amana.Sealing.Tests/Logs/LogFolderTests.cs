using Amana.Sealing.Logs;
using Amana.Sealing.Tests.Trees;
using Amana.Sealing.Trees;

namespace Amana.Sealing.Tests.Logs;

public class LogFolderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    [InlineData(65_536)]
    [InlineData(66_000)]
    public async Task A_folder_holds_what_the_specification_says_and_nothing_else(int size)
    {
        using var sample = new SampleLog();
        await sample.GrowAsync(0, size, TestContext.Current.CancellationToken);
        var files = sample.Files();
        var expected = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["checkpoint"] = files["checkpoint"] };
        TreeHash[] level = [.. Enumerable.Range(0, size).Select(i => TreeHash.OfLeaf(SampleLog.Entry(i)))];
        for (int from = 0; from < size; from += 256)
        {
            int count = Math.Min(256, size - from);
            byte[] bundle = [.. Enumerable.Range(from, count).SelectMany(i => { byte[] e = SampleLog.Entry(i); return (byte[])[(byte)(e.Length >> 8), (byte)e.Length, .. e]; })];
            expected[TilePath.OfEntries(from / 256, count).ToString()] = bundle;
        }

        for (int l = 0; level.Length > 0; l++)
        {
            for (int from = 0; from < level.Length; from += 256)
            {
                int count = Math.Min(256, level.Length - from);
                expected[TilePath.OfTile(l, from / 256, count).ToString()] = [.. level.Skip(from).Take(count).SelectMany(h => h.ToArray())];
            }

            level = [.. level.Chunk(256).Where(c => c.Length == 256).Select(c => NaiveTree.Root(c))];
        }

        files.Keys.Order(StringComparer.Ordinal).ShouldBe(expected.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, bytes) in expected) files[path].ShouldBe(bytes, path);
    }

    [Fact]
    public async Task A_log_that_grew_in_steps_with_restarts_between_is_the_log_written_at_once()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var steps = new SampleLog();
        using var once = new SampleLog();
        int size = 0;
        foreach (int to in (int[])[0, 1, 3, 255, 256, 256, 300, 512, 513, 1100]) { await steps.GrowAsync(size, to, cancel); size = to; }
        var whole = await once.GrowAsync(0, size, cancel);
        (await new TileTree(new TileFolder(steps.Folder), size).RootAsync(cancel)).ShouldBe(whole.Root);
        var (a, b) = (steps.Files(), once.Files());
        foreach (var (path, bytes) in b) a[path].ShouldBe(bytes, path);
    }

    [Theory]
    [InlineData(310)]
    [InlineData(512)]
    [InlineData(600)]    // the partial files of 300 are gone: the whole ones took their place
    [InlineData(70_000)]
    public async Task What_stands_beyond_the_size_at_opening_is_written_over(int written)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var sample = new SampleLog();
        await sample.GrowAsync(0, 300, cancel);
        await sample.GrowAsync(300, written, cancel);   // as if the machine had stopped before anybody was told
        var again = await LogFolder.OpenAsync(sample.Folder, 300, cancel);
        again.Append([SampleLog.Entry(9_999)]);
        TreeHash[] leaves = [.. Enumerable.Range(0, 300).Append(9_999).Select(i => TreeHash.OfLeaf(SampleLog.Entry(i)))];
        again.Root.ShouldBe(NaiveTree.Root(leaves));
    }

    [Fact]
    public async Task Proofs_made_from_tiles_are_those_of_the_definition()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var sample = new SampleLog();
        const int size = 1_031;
        await sample.GrowAsync(0, size, cancel);
        TreeHash[] leaves = [.. Enumerable.Range(0, size).Select(i => TreeHash.OfLeaf(SampleLog.Entry(i)))];
        var tree = new TileTree(new TileFolder(sample.Folder), size);
        for (int i = 0; i < size; i += 7) (await tree.InclusionAsync(i, cancel)).ShouldBe(NaiveTree.Inclusion(i, leaves));
        for (int i = 1; i <= size; i += 5) (await tree.GrowthAsync(i, cancel)).ShouldBe(NaiveTree.Growth(i, leaves));
    }

    [Fact]
    public async Task A_damaged_edge_is_refused_at_opening()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var sample = new SampleLog();
        await sample.GrowAsync(0, 300, cancel);
        File.Delete(Path.Combine(sample.Folder, "tile/0/001.p/44"));
        var refused = await Should.ThrowAsync<TileException>(() => LogFolder.OpenAsync(sample.Folder, 300, cancel));
        refused.Tile.ToString().ShouldBe("tile/0/001.p/44");
    }
}
