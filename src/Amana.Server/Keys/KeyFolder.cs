using System.Globalization;
using System.Security.Cryptography;
using Amana.Server.Foundation;

namespace Amana.Server.Keys;

/// <summary>All secrets of the server, each in a file of its own in <c>keys/closed</c>, closed with a master key.</summary>
/// <remarks>A file holds two lines: the number of the master key that closed it, and the closed secret in base64.</remarks>
public sealed class KeyFolder
{
    private const string Suffix = ".closed";

    private readonly IMasterKeys _masters;
    private readonly string _folder;
    private readonly Lock _making = new();

    internal KeyFolder(Instance instance, IMasterKeys masters) =>
        (_masters, _folder) = (masters, instance.Folder(Path.Combine("keys", "closed")));

    /// <summary>A secret of random bytes, the same at every start; made when it is asked for the first time.</summary>
    /// <param name="name">Letters, digits and hyphens: <c>journal-seed</c>.</param>
    /// <exception cref="KeyException">It is there and cannot be opened.</exception>
    public byte[] Secret(string name, int bytes) => Secret(name, () => RandomNumberGenerator.GetBytes(bytes));

    /// <summary>The same for a secret that is no mere row of random bytes.</summary>
    /// <param name="make">Called when there is none yet; at most 900 bytes.</param>
    public byte[] Secret(string name, Func<byte[]> make)
    {
        lock (_making)
        {
            if (Read(name) is { } there) return there;
            byte[] made = make();
            try
            {
                SecretFiles.Create(FileOf(name), Text(name, made));
                return made;
            }
            catch (IOException) when (File.Exists(FileOf(name)))
            {
                return Read(name)!; // another process made it just now
            }
        }
    }

    /// <summary>Null when there is none.</summary>
    internal byte[]? Read(string name)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(FileOf(name));
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        byte[] closed = new byte[1024];
        if (lines.Length < 2 || !int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out int master)
            || !Convert.TryFromBase64String(lines[1], closed, out int count)) throw new KeyException($"The key file {name} is damaged.");
        return _masters.Open(master, closed.AsSpan(0, count), name);
    }

    /// <summary>Names that begin with <paramref name="prefix"/>, without it.</summary>
    internal IEnumerable<string> Names(string prefix) =>
        Directory.EnumerateFiles(_folder, prefix + "*" + Suffix).Select(f => Path.GetFileName(f)[prefix.Length..^Suffix.Length]);

    /// <summary>Closes every secret with a new master key and forgets the old ones.</summary>
    /// <remarks>May be killed at any moment and run again: each file says which master key it needs, and the old ones go last.</remarks>
    /// <returns>Number of the new master key, and how many secrets it closes.</returns>
    internal (int Master, int Secrets) ChangeMaster()
    {
        lock (_making)
        {
            int master = _masters.MakeNext();
            string[] names = [.. Names("")];
            foreach (string name in names) SecretFiles.Replace(FileOf(name), Text(name, Read(name)!));
            _masters.ForgetOlder();
            return (master, names.Length);
        }
    }

    private string Text(string name, byte[] secret) =>
        string.Create(CultureInfo.InvariantCulture, $"{_masters.Newest}\n{Convert.ToBase64String(_masters.Close(secret, name))}\n");

    private string FileOf(string name) => Path.Combine(_folder, name + Suffix);
}
