using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Amana.Server.Web;

/// <summary>Every sentence of the interface in every language, read once from <c>&lt;Module&gt;/Texts/&lt;language&gt;.json</c>.</summary>
internal sealed class TextCatalogue
{
    private static readonly Lazy<TextCatalogue> Embedded = new(() => Read(typeof(TextCatalogue).Assembly));

    private readonly FrozenDictionary<string, FrozenDictionary<string, Message>> _languages;

    private TextCatalogue(FrozenDictionary<string, FrozenDictionary<string, Message>> languages) => _languages = languages;

    /// <summary>The texts built into this assembly.</summary>
    public static TextCatalogue Own => Embedded.Value;

    public Message? Find(Language language, string key) => _languages[language.Code].GetValueOrDefault(key);

    public IReadOnlyDictionary<string, Message> AllOf(Language language) => _languages[language.Code];

    private static TextCatalogue Read(Assembly assembly)
    {
        var languages = Languages.All.ToDictionary(l => l.Code, _ => new Dictionary<string, Message>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("texts/", StringComparison.Ordinal)))
        {
            if (Languages.Find(Path.GetFileNameWithoutExtension(resource)) is not { } language)
                throw new InvalidDataException($"{resource} is not in one of the four languages.");
            using var stream = assembly.GetManifestResourceStream(resource)!;
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                if (!Message.TryParse(text, out var message)) throw new InvalidDataException($"{resource}: '{key}' is not a message.");
                if (!languages[language.Code].TryAdd(key, message)) throw new InvalidDataException($"{resource}: '{key}' is there twice.");
            }
        }
        return new(languages.ToFrozenDictionary(l => l.Key, l => l.Value.ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal));
    }
}
