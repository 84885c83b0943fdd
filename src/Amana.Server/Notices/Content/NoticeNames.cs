using System.Text.Json;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Notices;

/// <summary>What lists show of a notice and what their search looks through.</summary>
internal sealed record NoticeNames(string Caption, string? Original, string SearchText)
{
    public static readonly NoticeNames None = new("", null, "") { IsKept = true };

    /// <summary>It is stored already.</summary>
    internal bool IsKept { get; private set; }

    public static NoticeNames Of(NoticeContent content) => new(content.Caption, content.CaptionOriginal,
        string.Join(' ', new[] { content.Caption, content.CaptionOriginal }.Concat(content.All("aliases"))).ToUpperInvariant().Trim());

    /// <exception cref="KeyException">The key is gone, or the row was altered.</exception>
    public static NoticeNames Open(Id<Notice> notice, byte[] whole, FieldSealer sealer)
    {
        string[] parts = JsonSerializer.Deserialize<string[]>(sealer.Open(whole, PlaceOf(notice)))!;
        return new(parts[0], parts[1].Length == 0 ? null : parts[1], parts[2]) { IsKept = true };
    }

    /// <returns>Null when there is nothing to keep: a tombstone names nobody.</returns>
    public byte[]? Seal(Id<Notice> notice, FieldSealer sealer)
    {
        IsKept = true;
        return Caption.Length == 0 && Original is null ? null : sealer.Seal(JsonSerializer.SerializeToUtf8Bytes<string[]>([Caption, Original ?? "", SearchText]), PlaceOf(notice));
    }

    private static string PlaceOf(Id<Notice> notice) => $"notice-names/{notice}";
}
