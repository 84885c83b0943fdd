using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Tests.Watchlists;
using Amana.Server.Keys;
using Amana.Server.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Upkeep;

public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amana-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task A_backup_made_under_load_is_whole_on_either_database_and_its_journal_proves_itself(bool fromPostgres, bool toPostgres)
    {
        await using var server = fromPostgres ? await AmanaServer.StartOnPostgresAsync(demo: true) : await AmanaServer.StartOnSqliteAsync(demo: true);
        var imports = await Imports.ToAsync(server);
        await imports.ImportAsync("kept", Imports.Persons(1, 2_000));
        string secret = await server.TokenAsync(Right.ReadLists, Right.ReadJournal, Right.ReadRecords);
        long acknowledged = 0, atStart = 0;
        using var over = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await server.TokenAsync(Right.Screen);
                Interlocked.Increment(ref acknowledged);
            }
        })).ToList();
        while (Interlocked.Read(ref acknowledged) < 20) await Task.Delay(10);
        atStart = Interlocked.Read(ref acknowledged);

        var (file, key) = (Path.Combine(_folder, "a.backup"), BackupKey.OfFileOrNew(Path.Combine(_folder, "key")).Key);
        var manifest = await MakeAsync(server, file, key);
        await over.CancelAsync();
        await Task.WhenAll(writers);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        string target = Path.Combine(_folder, "restored");
        string? database = toPostgres ? await PostgresCluster.NewEmptyDatabaseAsync() : null;
        var done = await RestoreBackup.RunAsync(file, key, target, database, default);
        done.Proof.Fault.ShouldBeNull();
        done.Proof.Entries.ShouldBeGreaterThan(atStart);
        done.Manifest.Tables.ShouldBe(manifest.Tables);

        await using var restored = AmanaHost.Build(new StartOptions { DataFolder = target, Urls = "http://127.0.0.1:0" });
        await AmanaHost.StartAsync(restored, new StartOptions { DataFolder = target, Urls = "http://127.0.0.1:0" }, default);
        restored.Services.GetRequiredService<IDatabaseEngine>().Name.ShouldBe(toPostgres ? "PostgreSQL" : "SQLite");
        using var client = new HttpClient { BaseAddress = new Uri(restored.Services.GetRequiredService<Instance>().Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        (await (await client.GetAsync("api/v1/lists")).ShouldBeJsonAsync()).ToString().ShouldContain("kept");
        (await (await client.GetAsync("api/v1/journal?what=backup.restored")).ShouldBeJsonAsync()).GetProperty("entries").GetArrayLength().ShouldBe(1);
        await using var db = await restored.Services.GetRequiredService<IDbContextFactory<AmanaDb>>().CreateDbContextAsync();
        (await db.Set<ApiToken>().LongCountAsync()).ShouldBeGreaterThanOrEqualTo(atStart);
        await restored.StopAsync();
    }

    [Fact]
    public async Task Every_altered_byte_and_every_cut_is_found_before_anything_is_written()
    {
        await using var server = await AmanaServer.StartNewAsync();
        var (file, key) = (Path.Combine(_folder, "a.backup"), BackupKey.OfFileOrNew(Path.Combine(_folder, "key")).Key);
        await MakeAsync(server, file, key);
        byte[] good = await File.ReadAllBytesAsync(file);
        await RestoreBackup.VerifyAsync(file, key, default);

        var random = new Random(20261127);
        string hurt = Path.Combine(_folder, "hurt.backup");
        var places = Enumerable.Range(0, 200).Concat(Enumerable.Range(0, 300).Select(_ => random.Next(good.Length))).Append(good.Length - 1);
        foreach (int place in places)
        {
            byte[] bytes = [.. good];
            bytes[place] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(hurt, bytes);
            await Should.ThrowAsync<BackupException>(RestoreBackup.VerifyAsync(hurt, key, default), $"byte {place}");
        }
        foreach (int length in (int[])[0, 14, 15, 40, 200, good.Length / 2, good.Length - 17, good.Length - 1])
        {
            await File.WriteAllBytesAsync(hurt, good[..length]);
            await Should.ThrowAsync<BackupException>(RestoreBackup.VerifyAsync(hurt, key, default), $"cut at {length}");
        }
        await File.WriteAllBytesAsync(hurt, [.. good, 0]);
        string target = Path.Combine(_folder, "restored");
        (await Should.ThrowAsync<BackupException>(RestoreBackup.RunAsync(hurt, key, target, null, default))).Message.ShouldContain("altered or cut off");
        Directory.EnumerateFileSystemEntries(_folder, "restored*").ShouldBeEmpty();
    }

    [Fact]
    public void Chunks_cannot_be_reordered_left_out_or_cut_off()
    {
        var key = BackupKey.OfFileOrNew(Path.Combine(_folder, "key")).Key;
        byte[] plain = new byte[3 * SealedChunks.ChunkBytes];
        new Random(7).NextBytes(plain);
        using var sealedFile = new MemoryStream();
        using (var stream = SealedStream.Create(sealedFile, key)) stream.Write(plain);
        byte[] whole = sealedFile.ToArray();
        Read(whole).ShouldBe(plain);
        int chunk = SealedChunks.ChunkBytes + 16, head = whole.Length - 3 * chunk;
        byte[] Chunk(int n) => whole[(head + n * chunk)..(head + (n + 1) * chunk)];
        foreach (int[] order in (int[][])[[1, 0, 2], [0, 2], [0, 1], [0], [], [0, 1, 2, 2], [0, 0, 1, 2]])
        {
            Should.Throw<BackupException>(() => Read([.. whole[..head], .. order.SelectMany(Chunk)]), string.Join(',', order));
        }
        foreach (int length in (int[])[0, 1, SealedChunks.ChunkBytes - 1, SealedChunks.ChunkBytes, SealedChunks.ChunkBytes + 1])
        {
            using var other = new MemoryStream();
            using (var stream = SealedStream.Create(other, key)) stream.Write(plain.AsSpan(0, length));
            Read(other.ToArray()).ShouldBe(plain[..length]);
        }

        byte[] Read(byte[] bytes)
        {
            using var opened = SealedStream.Open(new MemoryStream(bytes), key);
            using var into = new MemoryStream();
            opened.CopyTo(into);
            return into.ToArray();
        }
    }

    [Fact]
    public async Task A_wrong_key_a_key_that_others_may_read_and_a_target_in_use_are_refused_in_a_sentence()
    {
        await using var server = await AmanaServer.StartNewAsync();
        string file = Path.Combine(_folder, "a.backup"), keyFile = Path.Combine(_folder, "key"), target = Path.Combine(_folder, "restored");
        var key = BackupKey.OfFileOrNew(keyFile).Key;
        await MakeAsync(server, file, key);
        await RefusedAsync(BackupKey.OfFileOrNew(Path.Combine(_folder, "other")).Key, target, "This is not the key file of the backup");
        await RefusedAsync(BackupKey.OfPassphrase("correct horse battery"), target, "was closed with a key file");
        Directory.CreateDirectory(target);
        await File.WriteAllTextAsync(Path.Combine(target, "x"), "");
        await RefusedAsync(key, target, "is not empty");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Should.Throw<BackupException>(() => BackupKey.OfFile(keyFile)).Message.ShouldContain("chmod 600");
        }
        await File.WriteAllTextAsync(Path.Combine(_folder, "other"), "not a key");
        Should.Throw<BackupException>(() => BackupKey.OfFile(Path.Combine(_folder, "other"))).Message.ShouldContain("is no key file");
        Should.Throw<BackupException>(() => BackupKey.OfFile(Path.Combine(_folder, "none"))).Message.ShouldContain("is not there");
        Should.Throw<BackupException>(() => BackupKey.OfPassphrase("short")).Message.ShouldContain("at least 16");
        string inUse = await PostgresCluster.NewDatabaseAsync();
        await using var other = AmanaHost.Build(new StartOptions { DataFolder = Path.Combine(_folder, "d"), Database = inUse });
        await other.Services.GetRequiredService<DataFolder>().OpenAsync(default);
        await other.Services.GetRequiredService<TrainingInstance>().FoundAsync("UTO", default);
        (await Should.ThrowAsync<BackupException>(RestoreBackup.RunAsync(file, key, Path.Combine(_folder, "e"), inUse, default))).Message.ShouldContain("is not empty: there are rows in instance");

        async Task RefusedAsync(BackupKey with, string into, string why) =>
            (await Should.ThrowAsync<BackupException>(RestoreBackup.RunAsync(file, with, into, null, default))).Message.ShouldContain(why);
    }

    [Fact]
    public async Task A_passphrase_closes_and_opens_a_backup()
    {
        await using var server = await AmanaServer.StartNewAsync();
        string file = Path.Combine(_folder, "a.backup");
        await MakeAsync(server, file, BackupKey.OfPassphrase("une phrase très longue"));
        (await RestoreBackup.RunAsync(file, BackupKey.OfPassphrase("une phrase tre\u0300s longue"), Path.Combine(_folder, "restored"), null, default)).Proof.Fault.ShouldBeNull();
        (await Should.ThrowAsync<BackupException>(RestoreBackup.VerifyAsync(file, BackupKey.OfPassphrase("une phrase tres longue"), default))).Message.ShouldStartWith("This is not the passphrase");
    }

    [Fact]
    public async Task A_journal_that_was_altered_before_the_backup_is_named_after_the_restore()
    {
        await using var server = await AmanaServer.StartNewAsync();
        for (int i = 0; i < 3; i++) await server.TokenAsync(Right.Screen);
        await server.RunAsync<JournalProof, JournalProof.Finding>(proof => proof.ProveAsync(default));
        server.DropTriggers("journal");
        server.Sql("UPDATE journal SET \"What\" = 'token.ended' WHERE \"What\" = 'token.made'");
        var (file, key) = (Path.Combine(_folder, "a.backup"), BackupKey.OfFileOrNew(Path.Combine(_folder, "key")).Key);
        await MakeAsync(server, file, key);
        (await RestoreBackup.RunAsync(file, key, Path.Combine(_folder, "restored"), null, default)).Proof.Fault.ShouldBe("row");
    }

    [Fact]
    public async Task The_commands_say_what_they_did_and_refuse_in_a_sentence()
    {
        await using var server = await AmanaServer.StartNewAsync();
        string file = Path.Combine(_folder, "a.backup"), target = Path.Combine(_folder, "restored");
        (await BackupCommand.RunAsync(["backup", "--data", server.DataFolder, "--out", file], default)).ShouldBe(0);
        File.Exists(file + ".key").ShouldBeTrue();
        (await BackupCommand.RunAsync(["backup", "--data", server.DataFolder, "--out", file], default)).ShouldBe(1);
        (await BackupCommand.RunAsync(["backup", "--data", server.DataFolder, "--out", Path.Combine(server.DataFolder, "b")], default)).ShouldBe(1);
        (await BackupCommand.RunAsync(["backup", "--data", Path.Combine(_folder, "nothing"), "--out", file + "2"], default)).ShouldBe(1);
        (await BackupCommand.RunAsync(["restore", "--from", file, "--data", target], default)).ShouldBe(0);
        (await BackupCommand.RunAsync(["restore", "--from", file, "--data", target], default)).ShouldBe(1);
        (await BackupCommand.RunAsync(["restore", "--from", file], default)).ShouldBe(1);
        (await server.JournalAsync("backup.made")).Count.ShouldBe(1);
        Directory.Exists(Path.Combine(_folder, "nothing")).ShouldBeFalse();
    }

    private static Task<BackupManifest> MakeAsync(AmanaServer server, string file, BackupKey key) =>
        ActivatorUtilities.CreateInstance<MakeBackup>(server.Services).WriteAsync(file, key, default);
}
