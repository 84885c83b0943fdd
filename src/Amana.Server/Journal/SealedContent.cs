using System.Text;
using System.Text.Json;
using Amana.Sealing.Logs;
using Amana.Server.Keys;

namespace Amana.Server.Journal;

/// <summary>How the content of an entry is sealed, opened and committed to.</summary>
internal static class SealedContent
{
    private const string Label = "amana/content/v1";

    public static (JournalContent Content, byte[] Hash) Seal(string json, FieldSealer sealer)
    {
        byte[] salt = ActCommitment.NewSalt(), plain = Encoding.UTF8.GetBytes(json);
        return (new JournalContent { Salt = salt, Sealed = sealer.Seal(plain, PlaceOf(salt)) }, ActCommitment.Of(Label, salt, plain));
    }

    /// <exception cref="KeyException">The key is gone, or the row was altered.</exception>
    public static JsonElement Open(JournalContent content, FieldSealer sealer)
    {
        using var document = JsonDocument.Parse(sealer.Open(content.Sealed, PlaceOf(content.Salt)));
        return document.RootElement.Clone();
    }

    /// <summary>Whether this is the content that the entry committed to.</summary>
    public static bool IsOf(JournalEntry entry, JournalContent content, FieldSealer sealer)
    {
        try
        {
            return entry.ContentHash is { } hash
                && ActCommitment.Of(Label, content.Salt, sealer.Open(content.Sealed, PlaceOf(content.Salt))).AsSpan().SequenceEqual(hash);
        }
        catch (KeyException)
        {
            return false;
        }
    }

    // The number is not known before the row is written; the salt is as unique.
    private static string PlaceOf(byte[] salt) => "journal-content/" + Convert.ToHexStringLower(salt);
}
