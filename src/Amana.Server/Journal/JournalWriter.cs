using System.Text.Json;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Journal;

/// <summary>Takes down acts. The entry is saved with the act that it is of: both or neither.</summary>
public sealed class JournalWriter(AmanaDb db, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Adds the entry to the context; the caller's <c>SaveChangesAsync</c> writes it.</summary>
    /// <param name="what">A fact in the past tense: <c>module.happened</c>.</param>
    /// <param name="details">Serialised as a JSON object; counts, scores, versions and codes.</param>
    public void Record(Actor who, string what, object? onWhat = null, Purpose? purpose = null, object? details = null)
    {
        ArgumentNullException.ThrowIfNull(who);
        db.Set<JournalEntry>().Add(new JournalEntry
        {
            At = clock.GetUtcNow(),
            Who = who.ToString(),
            What = what,
            OnWhat = onWhat?.ToString(),
            Purpose = purpose?.Code,
            Details = details is null ? null : JsonSerializer.Serialize(details, Json),
        });
    }
}
