using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;

namespace Amana.Server.Upkeep;

/// <summary>What a backup is closed and opened with: the key of a file, or a passphrase.</summary>
internal sealed class BackupKey
{
    public const string PassphraseVariable = "AMANA_BACKUP_PASSPHRASE";
    private const int KeyBytes = 32, SaltBytes = 16, CheckBytes = 16;
    private const int PassphraseCharsMin = 16;
    // RFC 9106, section 4, second recommended choice (64 MiB, three passes), with one lane as libsodium has it.
    private const long MemoryKiB = 65_536;
    private const int Passes = 3;
    private const UnixFileMode ForOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly byte[]? _key;
    private readonly string? _passphrase;

    private BackupKey(byte[]? key, string? passphrase) => (_key, _passphrase) = (key, passphrase);

    /// <summary>The head of a backup: how its key is found. Public.</summary>
    /// <param name="From"><c>file</c> or <c>passphrase</c>.</param>
    /// <param name="Salt">Another for each backup.</param>
    internal sealed record Head(string From, byte[] Salt, long MemoryKiB, int Passes);

    public string From => _key is null ? "passphrase" : "file";

    /// <exception cref="BackupException">It is too short.</exception>
    public static BackupKey OfPassphrase(string passphrase) => passphrase.Length >= PassphraseCharsMin
        ? new(null, passphrase.Normalize(NormalizationForm.FormC))
        : throw new BackupException($"{PassphraseVariable}: a passphrase has at least {PassphraseCharsMin} characters; whoever has the backup can try as many as he likes.");

    /// <summary>Makes the file when it is not there; only its owner can read it.</summary>
    /// <returns>The key, and whether it is new.</returns>
    /// <exception cref="BackupException">It is no key file, or others may read it.</exception>
    public static (BackupKey Key, bool IsNew) OfFileOrNew(string path)
    {
        if (File.Exists(path)) return (OfFile(path), false);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path, options))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
            file.Flush(flushToDisk: true);
        }
        return (OfFile(path), true);
    }

    /// <exception cref="BackupException">It is not there, no key file, or others may read it.</exception>
    public static BackupKey OfFile(string path)
    {
        if (!File.Exists(path)) throw new BackupException($"The key file {path} is not there. Name it with --key-file, or give the passphrase in {PassphraseVariable}.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ForOthers) is not UnixFileMode.None) throw new BackupException($"Others may read the key file {path}. Make it yours alone: chmod 600");
        byte[] key = new byte[KeyBytes];
        string text = File.ReadAllText(path).Trim();
        return Convert.TryFromBase64String(text, key, out int count) && count == KeyBytes
            ? new(key, null)
            : throw new BackupException($"{path} is no key file: it holds 32 bytes in base64, and nothing else.");
    }

    public Head NewHead() => new(From, RandomNumberGenerator.GetBytes(SaltBytes), _key is null ? MemoryKiB : 0, _key is null ? Passes : 0);

    /// <summary>The key of one backup, and what shows that it is the right one.</summary>
    /// <param name="head">As it stands in the file: another head gives another key.</param>
    /// <exception cref="BackupException">The backup was closed in the other way, or its head asks for more than any of ours.</exception>
    public (byte[] Key, byte[] Check) Of(ReadOnlySpan<byte> head)
    {
        var read = JsonSerializer.Deserialize<Head>(head) ?? throw new BackupException("The head of the backup cannot be read.");
        if (read.From != From) throw new BackupException($"The backup was closed with a {(read.From == "file" ? "key file" : "passphrase")}.");
        byte[] master = _key ?? FromPassphrase(read);
        byte[] salt = SHA256.HashData(head);
        return (HKDF.DeriveKey(HashAlgorithmName.SHA256, master, KeyBytes, salt, "amana/backup/v1/chunks"u8.ToArray()),
            HKDF.DeriveKey(HashAlgorithmName.SHA256, master, CheckBytes, salt, "amana/backup/v1/check"u8.ToArray()));
    }

    private byte[] FromPassphrase(Head head)
    {
        if (head.Salt.Length != SaltBytes || head.MemoryKiB is < 8 or > 1 << 20 || head.Passes is < 1 or > 20) throw new BackupException("The head of the backup cannot be read.");
        var argon = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = head.MemoryKiB, NumberOfPasses = head.Passes });
        return argon.DeriveBytes(_passphrase!, head.Salt, KeyBytes);
    }
}
