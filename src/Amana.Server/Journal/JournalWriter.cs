using System.Text.Json;
using Amana.Sealing.Logs;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Vocabulary;

namespace Amana.Server.Journal;

/// <summary>Takes down acts. The entry is saved with the act that it is of: both or neither.</summary>
public sealed class JournalWriter(AmanaDb db, TimeProvider clock, FieldSealer sealer)
{
    /// <summary>Adds the entry to the context; the caller's <c>SaveChangesAsync</c> writes it.</summary>
    /// <param name="what">A fact in the past tense: <c>module.happened</c>.</param>
    /// <param name="details">Serialised as a JSON object; counts, scores, versions and codes. Never personal data.</param>
    /// <param name="content">What is personal: what was asked, what was answered. Sealed, kept apart from the rest of the entry, and
    /// shown only with the right to read content.</param>
    public void Record(Actor who, string what, object? onWhat = null, Purpose? purpose = null,
        object? details = null, object? content = null)
    {
        ArgumentNullException.ThrowIfNull(who);
        var (body, hash) = content is null ? default : SealedContent.Seal(JsonSerializer.Serialize(content, JsonRules.Options), sealer);
        db.Set<JournalEntry>().Add(new JournalEntry
        {
            At = WholeMicroseconds.Cut(clock.GetUtcNow()),
            Who = who.ToString(),
            What = what,
            PublicWhat = PublicWords.Of(what),
            OnWhat = onWhat?.ToString(),
            Purpose = purpose?.Code,
            Details = details is null ? null : JsonSerializer.Serialize(details, JsonRules.Options),
            Salt = ActCommitment.NewSalt(),
            ContentHash = hash,
            Content = body,
        });
    }
}
