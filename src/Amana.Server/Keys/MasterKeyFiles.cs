using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Amana.Server.Foundation;

namespace Amana.Server.Keys;

/// <summary>Master keys as files in <c>keys/master</c> of the data folder, one a key, readable by the owner only.</summary>
internal sealed class MasterKeyFiles(Instance instance) : IMasterKeys
{
    private const string Suffix = ".key";

    private readonly string _folder = instance.Folder(Path.Combine("keys", "master"));
    private readonly ConcurrentDictionary<int, byte[]> _known = [];

    // Read anew each time: a command beside the server may have made another.
    public int Newest => Numbers().DefaultIfEmpty(0).Max() is > 0 and var newest ? newest : Make(1);

    public int MakeNext() => Make(Newest + 1);

    public void ForgetOlder()
    {
        int newest = Newest;
        foreach (int number in Numbers().Where(n => n < newest))
        {
            File.Delete(FileOf(number));
            _known.TryRemove(number, out _);
        }
    }

    public byte[] Close(ReadOnlySpan<byte> secret, string place) => SealedBytes.Seal(KeyOf(Newest), secret, SealedBytes.Place(place));

    public byte[] Open(int number, ReadOnlySpan<byte> closed, string place) => SealedBytes.Open(KeyOf(number), closed, SealedBytes.Place(place))
        ?? throw new KeyException($"What stands at {place} was not closed with master key {number}, or was altered.");

    private int Make(int number)
    {
        try
        {
            SecretFiles.Create(FileOf(number), Convert.ToBase64String(RandomNumberGenerator.GetBytes(SealedBytes.KeyBytes)) + "\n");
        }
        catch (IOException) when (File.Exists(FileOf(number)))
        {
            // Another process made it just now.
        }

        return number;
    }

    private byte[] KeyOf(int number) => _known.GetOrAdd(number, n =>
    {
        try
        {
            byte[] key = Convert.FromBase64String(File.ReadAllText(FileOf(n)).Trim());
            return key.Length == SealedBytes.KeyBytes ? key : throw new KeyException($"Master key {n} has another length than a key.");
        }
        catch (FileNotFoundException)
        {
            throw new KeyException($"Master key {n} is not in {_folder}.");
        }
        catch (FormatException)
        {
            throw new KeyException($"Master key {n} in {_folder} is damaged.");
        }
    });

    private IEnumerable<int> Numbers() => Directory.EnumerateFiles(_folder, "*" + Suffix)
        .Select(f => int.TryParse(Path.GetFileNameWithoutExtension(f), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0).Where(n => n > 0);

    private string FileOf(int number) => Path.Combine(_folder, number.ToString(CultureInfo.InvariantCulture) + Suffix);
}
