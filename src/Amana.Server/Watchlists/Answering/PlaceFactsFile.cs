using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Server.Watchlists;

/// <summary><see cref="PlaceFacts"/> on disk, beside the saved index: opened at start instead of reading every record.</summary>
/// <remarks>Layout: <c>AMPF2</c>, tables and arrays each led by their length (little endian), then the SHA-256 of all before.</remarks>
internal static class PlaceFactsFile
{
    private static readonly byte[] Magic = "AMPF2"u8.ToArray();

    /// <summary>Written whole or not at all: under another name first, then renamed.</summary>
    public static void Save(PlaceFacts facts, string path)
    {
        string unfinished = path + ".part";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
        {
            using var hash = SHA256.Create();
            using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
            using (var writer = new BinaryWriter(hashing, Encoding.UTF8, leaveOpen: true))
            {
                Write(writer, facts.Everything);
                writer.Flush();
                hashing.FlushFinalBlock();
            }
            file.Write(hash.Hash);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    /// <exception cref="InvalidDataException">The file is damaged or of another layout.</exception>
    public static PlaceFacts Open(string path)
    {
        byte[] all = File.ReadAllBytes(path);
        int end = all.Length - SHA256.HashSizeInBytes;
        if (end < Magic.Length || !all.AsSpan(0, Magic.Length).SequenceEqual(Magic)) throw new InvalidDataException("Not a file of place facts.");
        if (!SHA256.HashData(all.AsSpan(0, end)).AsSpan().SequenceEqual(all.AsSpan(end))) throw new InvalidDataException("The place facts are damaged.");
        using var reader = new BinaryReader(new MemoryStream(all, Magic.Length, end - Magic.Length), Encoding.UTF8);
        return new PlaceFacts(Read(reader));
    }

    private static void Write(BinaryWriter writer, PlaceFacts.Parts parts)
    {
        writer.Write(Magic);
        WriteStrings(writer, parts.Schemas);
        writer.Write(parts.TopicSets.Length);
        foreach (string[] topics in parts.TopicSets) WriteStrings(writer, topics);
        WriteArray<ushort>(writer, parts.Schema);
        WriteArray<int>(writer, parts.Topics);
        WriteArray<long>(writer, parts.LastChange);
        WriteIds(writer, parts.Referents);
        WriteIds(writer, parts.Named);
    }

    private static PlaceFacts.Parts Read(BinaryReader reader)
    {
        string[] schemas = ReadStrings(reader);
        var topicSets = new string[reader.ReadInt32()][];
        for (int i = 0; i < topicSets.Length; i++) topicSets[i] = ReadStrings(reader);
        return new PlaceFacts.Parts(schemas, topicSets, ReadArray<ushort>(reader), ReadArray<int>(reader),
            ReadArray<long>(reader), ReadIds(reader), ReadIds(reader));
    }

    private static void WriteIds(BinaryWriter writer, PlaceIds ids)
    {
        WriteArray<byte>(writer, ids.Bytes);
        WriteArray<int>(writer, ids.Ends);
    }

    private static PlaceIds ReadIds(BinaryReader reader) => new(ReadArray<byte>(reader), ReadArray<int>(reader));

    private static void WriteStrings(BinaryWriter writer, string[] values)
    {
        writer.Write(values.Length);
        foreach (string value in values) writer.Write(value);
    }

    private static string[] ReadStrings(BinaryReader reader)
    {
        var values = new string[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++) values[i] = reader.ReadString();
        return values;
    }

    private static void WriteArray<T>(BinaryWriter writer, T[] values) where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] ReadArray<T>(BinaryReader reader) where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
