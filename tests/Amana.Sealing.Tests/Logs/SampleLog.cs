using System.Security.Cryptography;
using System.Text;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;

namespace Amana.Sealing.Tests.Logs;

/// <summary>A log in memory, or in a folder of the test, with a signed checkpoint.</summary>
internal sealed class SampleLog : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amana-log-").FullName;
    private readonly NoteSigner _signer = NoteSigner.Of("journal.utopia.example", NoteAlgorithm.Ed25519, SHA256.HashData("sample"u8));

    public string Folder => _folder;
    public NoteKey Key => _signer.Verifier;

    public static byte[] Entry(int i) => new LoggedAct(
        DateTimeOffset.UnixEpoch.AddSeconds(i), $"w{i % 7}", i % 3 == 0 ? "hit.decided" : "question.asked",
        SHA256.HashData(BitConverter.GetBytes(i))).ToBytes();

    public async Task<LogFolder> GrowAsync(int from, int to, CancellationToken cancel)
    {
        var log = await LogFolder.OpenAsync(_folder, from, cancel);
        log.Append([.. Enumerable.Range(from, to - from).Select(Entry)]);
        log.WriteCheckpoint(Sign(new Checkpoint(Key.Name, log.Size, log.Root)));
        return log;
    }

    public byte[] Sign(Checkpoint checkpoint)
    {
        string text = checkpoint.ToString();
        return SignedNote.Of(text, _signer.Sign(text, DateTimeOffset.UnixEpoch)).ToBytes();
    }

    public Dictionary<string, byte[]> Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(_folder, f).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);

    public void Dispose()
    {
        _signer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>The files of a log, to be altered.</summary>
internal sealed class Altered(IReadOnlyDictionary<string, byte[]> files) : ITileSource
{
    private readonly Dictionary<string, byte[]?> _changed = new(StringComparer.Ordinal);

    public byte[]? this[string path]
    {
        get => _changed.TryGetValue(path, out byte[]? bytes) ? bytes : files.GetValueOrDefault(path);
        set => _changed[path] = value;
    }

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancel) => Task.FromResult(this[path]);

    public string Text(string path) => Encoding.UTF8.GetString(this[path]!);
}
