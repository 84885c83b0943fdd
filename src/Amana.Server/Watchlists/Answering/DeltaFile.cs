using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Server.Watchlists;

/// <summary>A <see cref="ListDelta"/> on disk: one file, so that it is there as a whole or not at all.</summary>
/// <remarks>Layout, little endian: <c>AMLD1</c>, the version and the places of the base, how many are dropped and which, how many entries
/// and of each id, version, length and body; then the SHA-256 of all before.</remarks>
internal static class DeltaFile
{
    private static readonly byte[] Magic = "AMLD1"u8.ToArray();

    /// <summary>Written whole or not at all: under another name first, then renamed.</summary>
    public static void Save(ListDelta delta, ListBase @base, string path)
    {
        string unfinished = path + ".part";
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(@base.Version);
            writer.Write(@base.Index.Places);
            writer.Write(delta.Dropped.Count);
            writer.Write(MemoryMarshal.AsBytes(delta.Dropped.Order().ToArray().AsSpan()));
            writer.Write(delta.Entries.Length);
            foreach (var entry in delta.Entries)
            {
                writer.Write(entry.Id);
                writer.Write(entry.Version);
                writer.Write(entry.Body.Length);
                writer.Write(entry.Body);
            }
        }
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            var written = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
            file.Write(written);
            file.Write(SHA256.HashData(written));
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>The version of its base, without a look at the rest; null when the file is none.</summary>
    public static int? BaseOf(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[Magic.Length + sizeof(int)];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.StartsWith(Magic) ? MemoryMarshal.Read<int>(start[Magic.Length..]) : null;
    }

    /// <param name="path">Where it is.</param>
    /// <param name="places">Of the base it was written beside.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another layout.</exception>
    public static ListDelta Open(string path, out int places)
    {
        byte[] all = File.ReadAllBytes(path);
        int end = all.Length - SHA256.HashSizeInBytes;
        if (end < Magic.Length || !all.AsSpan().StartsWith(Magic)) throw new InvalidDataException("Not a file of changes.");
        if (!SHA256.HashData(all.AsSpan(0, end)).AsSpan().SequenceEqual(all.AsSpan(end))) throw new InvalidDataException("The changes are damaged.");
        using var reader = new BinaryReader(new MemoryStream(all, Magic.Length + sizeof(int), end - Magic.Length - sizeof(int)), Encoding.UTF8);
        places = reader.ReadInt32();
        var dropped = new int[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(dropped.AsSpan()));
        var entries = new DeltaEntry[reader.ReadInt32()];
        for (int i = 0; i < entries.Length; i++)
        {
            var (id, version) = (reader.ReadString(), reader.ReadInt32());
            entries[i] = new DeltaEntry(id, reader.ReadBytes(reader.ReadInt32()), version);
        }
        return ListDelta.Of(entries, dropped);
    }
}
