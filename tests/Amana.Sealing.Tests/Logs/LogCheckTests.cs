using System.Buffers;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Sealing.Trees;

namespace Amana.Sealing.Tests.Logs;

public class LogCheckTests
{
    private const int Size = 1_500, Alterations = 5_000, Seed = 20_261_124;

    private static Task<LogFinding> ProveAsync(ITileSource source, NoteKey key, byte[]? since = null) =>
        new LogCheck(source, key).ProveAsync(since, null, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_good_log_is_good_at_every_size()
    {
        using var sample = new SampleLog();
        int size = 0;
        byte[]? since = null;
        foreach (int to in (int[])[0, 1, 255, 256, 257, 511, 700])
        {
            await sample.GrowAsync(size, to, TestContext.Current.CancellationToken);
            size = to;
            var found = await ProveAsync(new TileFolder(sample.Folder), sample.Key, since);
            (found.Fault, found.FirstBad, found.Entries).ShouldBe((LogFault.None, null, (long)to));
            since = sample.Files()["checkpoint"];
        }
    }

    [Fact]
    public async Task Five_thousand_alterations_of_entries_are_all_found_and_the_entry_is_named()
    {
        using var sample = new SampleLog();
        await sample.GrowAsync(0, Size, TestContext.Current.CancellationToken);
        var files = sample.Files();
        var random = new Random(Seed);
        byte[][] good = [.. Enumerable.Range(0, Size).Select(SampleLog.Entry)];
        for (int n = 0; n < Alterations; n++)
        {
            var entries = good.ToList();
            int at = random.Next(Size);
            switch (n % 5)
            {
                case 0: entries[at] = Flip(entries[at], random); break;
                case 1: entries.RemoveAt(at); break;
                case 2: entries.Insert(at, SampleLog.Entry(random.Next(Size, Size * 2))); break;
                case 3:
                    int other = (at + 1 + random.Next(Size - 1)) % Size;
                    (entries[at], entries[other]) = (entries[other], entries[at]);
                    at = Math.Min(at, other);
                    break;
                default: entries[at] = []; break;
            }

            var altered = new Altered(files);
            Lay(entries, altered);
            var found = await ProveAsync(altered, sample.Key);
            found.FirstBad.ShouldBe(at, $"alteration {n} of kind {n % 5}");
        }
    }

    [Fact]
    public async Task Five_thousand_alterations_of_any_file_are_all_found()
    {
        using var sample = new SampleLog();
        await sample.GrowAsync(0, Size, TestContext.Current.CancellationToken);
        var files = sample.Files();
        string[] paths = [.. files.Keys.Order(StringComparer.Ordinal)];
        var random = new Random(Seed + 1);
        for (int n = 0; n < Alterations; n++)
        {
            string path = paths[random.Next(paths.Length)];
            byte[] bytes = files[path];
            var altered = new Altered(files)
            {
                [path] = (n % 4) switch
                {
                    0 => Flip(bytes, random),
                    1 => bytes[..random.Next(bytes.Length)],
                    2 => [.. bytes, .. bytes[..(1 + random.Next(bytes.Length))]],
                    _ => null,
                },
            };
            var found = await ProveAsync(altered, sample.Key);
            found.IsGood.ShouldBeFalse($"alteration {n} of {path}");
            found.FirstBad.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_log_written_anew_with_its_own_key_is_found_by_a_checkpoint_kept_before()
    {
        using var before = new SampleLog();
        await before.GrowAsync(0, 600, TestContext.Current.CancellationToken);
        byte[] kept = before.Files()["checkpoint"];
        using var after = new SampleLog();
        var log = await LogFolder.OpenAsync(after.Folder, 0, TestContext.Current.CancellationToken);
        log.Append([.. Enumerable.Range(0, 900).Select(i => SampleLog.Entry(i == 40 ? 40_000 : i))]);
        log.WriteCheckpoint(after.Sign(new Checkpoint(after.Key.Name, log.Size, log.Root)));
        (await ProveAsync(new TileFolder(after.Folder), after.Key)).Fault.ShouldBe(LogFault.None);
        var found = await ProveAsync(new TileFolder(after.Folder), after.Key, kept);
        (found.Fault, found.FirstBad).ShouldBe((LogFault.Rewritten, 0L));
    }

    [Fact]
    public async Task A_log_cut_behind_a_kept_checkpoint_is_found()
    {
        using var sample = new SampleLog();
        await sample.GrowAsync(0, 700, TestContext.Current.CancellationToken);
        byte[] kept = sample.Files()["checkpoint"];
        using var cut = new SampleLog();
        await cut.GrowAsync(0, 650, TestContext.Current.CancellationToken);
        var found = await ProveAsync(new TileFolder(cut.Folder), cut.Key, kept);
        (found.Fault, found.FirstBad).ShouldBe((LogFault.Cut, 650L));
    }

    [Fact]
    public async Task Entries_and_tiles_made_anew_are_found_by_the_tile_above_or_the_root()
    {
        using var sample = new SampleLog();
        await sample.GrowAsync(0, Size, TestContext.Current.CancellationToken);
        using var forged = new SampleLog();
        var log = await LogFolder.OpenAsync(forged.Folder, 0, TestContext.Current.CancellationToken);
        log.Append([.. Enumerable.Range(0, Size).Select(i => SampleLog.Entry(i == 700 ? 7_777 : i))]);
        var other = forged.Files();

        var below = new Altered(sample.Files()) { ["tile/entries/002"] = other["tile/entries/002"], ["tile/0/002"] = other["tile/0/002"] };
        var byTile = await ProveAsync(below, sample.Key);
        (byTile.Fault, byTile.FirstBad).ShouldBe((LogFault.Tile, 512L));

        foreach (string path in other.Keys.Where(k => k.StartsWith("tile/", StringComparison.Ordinal))) below[path] = other[path];
        (await ProveAsync(below, sample.Key)).Fault.ShouldBe(LogFault.Root);
        var earlier = new GrowingTree();
        for (int i = 0; i < 690; i++) earlier.Add(TreeHash.OfLeaf(SampleLog.Entry(i)));
        var since = await ProveAsync(below, sample.Key, sample.Sign(new Checkpoint(sample.Key.Name, 690, earlier.Root)));
        (since.Fault, since.FirstBad).ShouldBe((LogFault.Root, 690L));
    }

    [Fact]
    public async Task A_forged_kept_checkpoint_is_refused()
    {
        using var sample = new SampleLog();
        await sample.GrowAsync(0, 20, TestContext.Current.CancellationToken);
        byte[] forged = sample.Files()["checkpoint"];
        forged[^10] ^= 1;
        (await ProveAsync(new TileFolder(sample.Folder), sample.Key, forged)).Fault.ShouldBe(LogFault.Since);
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        byte[] other = [.. bytes];
        other[random.Next(other.Length)] ^= (byte)(1 << random.Next(8));
        return other;
    }

    /// <summary>Lays altered entries into bundles as whoever altered them would: each bundle of its length, the last as long as it comes.</summary>
    private static void Lay(List<byte[]> entries, Altered altered)
    {
        for (int from = 0; from < Size; from += 256)
        {
            int count = Math.Min(256, Size - from);
            bool last = from + 256 >= Size;
            var bundle = new ArrayBufferWriter<byte>();
            foreach (byte[] entry in entries.Skip(from).Take(last ? int.MaxValue : count)) EntryBundle.Write(bundle, entry);
            altered[TilePath.OfEntries(from / 256, count).ToString()] = bundle.WrittenSpan.ToArray();
        }
    }
}
