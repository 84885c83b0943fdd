using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amana.Server.Keys;

namespace Amana.Server.Upkeep;

/// <summary>The outside of a backup: a head that says how the key is found, then <see cref="SealedChunks"/>. The key is another for each
/// backup.</summary>
internal static class SealedStream
{
    private const int HeadBytesMax = 1_024;
    private static readonly byte[] Magic = "AMANA BACKUP 1\n"u8.ToArray();

    /// <summary>Begins a backup. What is written is sealed; closing the stream ends it, and only then it can be opened.</summary>
    public static Stream Create(Stream file, BackupKey key)
    {
        byte[] head = JsonSerializer.SerializeToUtf8Bytes(key.NewHead());
        var (chunks, check) = key.Of(head);
        file.Write(Magic);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)head.Length);
        file.Write(length);
        file.Write(head);
        file.Write(check);
        return SealedChunks.Seal(file, chunks);
    }

    /// <exception cref="BackupException">It is no backup, or this is not its key.</exception>
    public static Stream Open(Stream file, BackupKey key)
    {
        byte[] magic = new byte[Magic.Length], length = new byte[2];
        if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.AsSpan().SequenceEqual(Magic)) throw new BackupException("This file is no backup of Amana.");
        byte[] head = new byte[file.ReadAtLeast(length, 2, throwOnEndOfStream: false) == 2 ? Math.Min(HeadBytesMax, (int)BinaryPrimitives.ReadUInt16BigEndian(length)) : 0];
        byte[] check = new byte[16];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || file.ReadAtLeast(check, check.Length, throwOnEndOfStream: false) < check.Length)
        {
            throw new BackupException("The backup ends in its head: it is not whole.");
        }
        try
        {
            var (chunks, wanted) = key.Of(head);
            return CryptographicOperations.FixedTimeEquals(wanted, check)
                ? SealedChunks.Open(file, chunks, Broken)
                : throw new BackupException($"This is not the {(key.From == "file" ? "key file" : "passphrase")} of the backup, or its head was altered.");
        }
        catch (JsonException)
        {
            throw new BackupException("The head of the backup cannot be read: it was altered.");
        }
    }

    private static BackupException Broken(SealedChunks.Breach breach) => new(breach.At is not { } at
        ? "The backup ends too early: it is not whole."
        : string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"The backup was altered or cut off: what begins at byte {at:N0} after its head is not what was written. Nothing was restored."));
}
