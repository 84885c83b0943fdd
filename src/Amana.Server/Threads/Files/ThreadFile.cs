using System.Text.Json;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Vocabulary;

namespace Amana.Server.Threads;

public enum FileState
{
    /// <summary>Parts of it are here; more come.</summary>
    Uploading,
    /// <summary>Whole, looked at, not sent yet.</summary>
    Ready,
    /// <summary>Ours, and given to a letter; its recipients fetch it.</summary>
    Sent,
    /// <summary>Of another bureau: it is fetched, or its turn comes.</summary>
    Waiting,
    /// <summary>Of another bureau: whole, the same as its writer signed, and looked at.</summary>
    Here,
    /// <summary>It is not what its writer signed, or the scanner found something; nothing of it is kept.</summary>
    Refused,
    /// <summary>It left with its message.</summary>
    Gone,
}

/// <summary>A file beside a letter. What lies on the disk, here and at its recipients, is sealed with a key that stands in the letter alone, and in this row, sealed.</summary>
internal sealed class ThreadFile : SealedRow
{
    public const int NameCharsMost = 200, PerLetterMost = 20;
    public const long BytesMost = 2L << 30;

    private FileContent? _content;

    public required Guid Id { get; init; }
    /// <summary>Null until it is given to one.</summary>
    public Guid? Letter { get; private set; }
    public Id<CaseThread>? Thread { get; private set; }
    /// <summary>Who brought it here: an actor; null: it is of another bureau.</summary>
    public string? By { get; init; }
    public required string Sender { get; init; }
    /// <summary>With commas; those who may fetch it.</summary>
    public string Recipients { get; private set; } = ",";
    public required long Bytes { get; set; }
    public FileState State { get; set; }
    public required DateTimeOffset At { get; init; }
    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? NextAt { get; set; }
    public int Attempts { get; set; }

    public FileContent Content
    {
        get => _content ??= Plain is { } plain ? JsonSerializer.Deserialize<FileContent>(plain, JsonRules.Options)! : FileContent.Gone;
        set => (_content, Plain) = (value, JsonSerializer.SerializeToUtf8Bytes(value, JsonRules.Options));
    }

    public bool IsFor(BureauCode bureau) => Recipients.Contains($",{bureau},", StringComparison.Ordinal);

    public void GiveTo(Guid letter, Id<CaseThread> thread, IEnumerable<BureauCode> to) => (Letter, Thread, Recipients) = (letter, thread, CaseThread.Join(to));

    /// <param name="at">From then on the disk may be cleared of it.</param>
    public void Leave(DateTimeOffset at) => (_content, Plain, State, NextAt) = (null, null, FileState.Gone, at);

    protected override string Place => $"thread-file/{Id}";
}

/// <param name="Key">32 bytes, base64.</param>
/// <param name="Sha256">Of the sealed file, in hex; empty while it is not whole.</param>
internal sealed record FileContent(string Name, string MediaType, string Key, string Sha256)
{
    public static readonly FileContent Gone = new("", "", "", "");

    public byte[] KeyBytes => Convert.FromBase64String(Key);
}

/// <summary>A file as a letter names it. Specification: docs/specs/messages.md.</summary>
internal sealed record FileWords(Guid Id, string Name, string Type, long Bytes, string Key, string Sha256)
{
    public bool IsWhole => Name is { Length: > 0 and <= ThreadFile.NameCharsMost } && Type is { Length: <= 100 } && Bytes is >= 0 and <= ThreadFile.BytesMost
        && Key is { Length: 44 } && Convert.TryFromBase64String(Key, new byte[33], out int key) && key == SealedChunks.KeyBytes && Sha256 is { Length: 64 } && Sha256.All(char.IsAsciiHexDigitLower);
}
