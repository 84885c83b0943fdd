using System.Security.Cryptography;
using System.Text;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Tests.Keys;

public sealed class KeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amana-keys-").FullName;

    private (KeyFolder Keys, FieldSealer Sealer, KeyRotation Rotation) Open()
    {
        var instance = new Instance { DataFolder = _folder };
        var keys = new KeyFolder(instance, new MasterKeyFiles(instance));
        var sealer = new FieldSealer(keys, TimeProvider.System);
        return (keys, sealer, new KeyRotation(keys, sealer));
    }

    [Fact]
    public void What_is_sealed_opens_at_its_place_and_nowhere_else_and_not_when_altered()
    {
        var sealer = Open().Sealer;
        byte[] whole = sealer.Seal("Anna Maria Eriksson"u8, "row/1");
        Encoding.Latin1.GetString(whole).ShouldNotContain("Eriksson");
        sealer.Open(whole, "row/1").ShouldBe("Anna Maria Eriksson"u8.ToArray());
        Should.Throw<KeyException>(() => sealer.Open(whole, "row/2"));
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] other = [.. whole];
            other[i] ^= 1;
            Should.Throw<KeyException>(() => sealer.Open(other, "row/1"), $"byte {i}").Message.ShouldNotContain("Eriksson");
            Should.Throw<KeyException>(() => sealer.Open(whole.AsSpan(0, i), "row/1"), $"cut at {i}");
        }
    }

    [Fact]
    public void Keys_are_the_same_after_a_restart_and_readable_by_the_owner_only()
    {
        var first = Open();
        byte[] secret = first.Keys.Secret("journal-seed", 32), whole = first.Sealer.Seal("x"u8, "p");
        var second = Open();
        second.Keys.Secret("journal-seed", 32).ShouldBe(secret);
        second.Sealer.Open(whole, "p").ShouldBe("x"u8.ToArray());
        string[] files = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
        files.Length.ShouldBe(3, "a master key, a data key, a secret");
        if (OperatingSystem.IsWindows()) return;
        foreach (string file in files) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public void Two_that_begin_at_once_agree_on_one_key()
    {
        var made = new byte[16][];
        Parallel.For(0, made.Length, i => made[i] = Open().Keys.Secret("journal-seed", 32));
        foreach (byte[] secret in made) secret.ShouldBe(made[0]);
    }

    [Fact]
    public void After_a_change_old_fields_open_new_ones_are_sealed_anew_and_the_old_master_key_is_gone()
    {
        var (keys, sealer, rotation) = Open();
        byte[] secret = keys.Secret("journal-seed", 32), old = sealer.Seal("x"u8, "p");
        string master = Path.Combine(_folder, "keys", "master", "1.key");
        string kept = File.ReadAllText(master);
        rotation.Change().ShouldBe(new KeyRotation.Changed(2, 2, 3));
        File.Exists(master).ShouldBeFalse();
        sealer.Open(old, "p").ShouldBe("x"u8.ToArray());
        sealer.Seal("x"u8, "p")[..4].ShouldBe((byte[])[0, 0, 0, 2]);
        var again = Open();
        again.Keys.Secret("journal-seed", 32).ShouldBe(secret);
        again.Sealer.Open(old, "p").ShouldBe("x"u8.ToArray());
        byte[] stolen = Convert.FromBase64String(kept);
        byte[] closed = Convert.FromBase64String(File.ReadAllLines(Path.Combine(_folder, "keys", "closed", "journal-seed.closed"))[1]);
        SealedBytes.Open(stolen, closed, SealedBytes.Place("journal-seed")).ShouldBeNull("an old master key opens nothing any more");
    }

    [Fact]
    public void A_server_that_ran_beside_the_change_goes_on()
    {
        var beside = Open();
        byte[] old = beside.Sealer.Seal("x"u8, "p");
        Open().Rotation.Change();
        byte[] sealedNew = Open().Sealer.Seal("y"u8, "p");
        beside.Sealer.Open(sealedNew, "p").ShouldBe("y"u8.ToArray());
        beside.Sealer.Open(old, "p").ShouldBe("x"u8.ToArray());
        beside.Sealer.Seal("z"u8, "p").Length.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void A_change_that_was_killed_halfway_is_ended_by_the_next()
    {
        var (keys, sealer, _) = Open();
        byte[] secret = keys.Secret("journal-seed", 32), old = sealer.Seal("x"u8, "p");
        new MasterKeyFiles(new Instance { DataFolder = _folder }).MakeNext(); // killed right after
        var again = Open();
        again.Keys.Secret("journal-seed", 32).ShouldBe(secret);
        again.Rotation.Change().Master.ShouldBe(3);
        Open().Sealer.Open(old, "p").ShouldBe("x"u8.ToArray());
        Directory.GetFiles(Path.Combine(_folder, "keys", "master")).Length.ShouldBe(1);
    }

    [Fact]
    public void A_missing_or_damaged_key_is_said_with_its_number_and_made_by_nobody_anew()
    {
        var (keys, sealer, _) = Open();
        byte[] whole = sealer.Seal("x"u8, "p");
        string master = Path.Combine(_folder, "keys", "master", "1.key"), text = File.ReadAllText(master);
        File.WriteAllText(master, "no key");
        Should.Throw<KeyException>(() => Open().Sealer.Open(whole, "p")).Message.ShouldContain("Master key 1");
        File.WriteAllText(master, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        Should.Throw<KeyException>(() => Open().Sealer.Open(whole, "p"));
        File.WriteAllText(master, text);
        Open().Sealer.Open(whole, "p").ShouldBe("x"u8.ToArray());
        keys.Read("nothing-of-that-name").ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
