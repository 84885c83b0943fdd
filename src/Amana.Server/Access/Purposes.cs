using System.Reflection;
using System.Text.Json;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Access;

/// <summary>The purposes for which personal data may be read: <c>data/purposes/purposes.json</c>.</summary>
public sealed class Purposes
{
    /// <summary>The purpose of a token that was made without one.</summary>
    public const string Default = "border-check";

    private readonly Dictionary<string, Purpose> _byCode;

    public Purposes()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("purposes.json")!;
        All = JsonSerializer.Deserialize<List<Purpose>>(file, JsonRules.Options)!;
        _byCode = All.ToDictionary(p => p.Code, StringComparer.Ordinal);
    }

    public IReadOnlyList<Purpose> All { get; }

    public Purpose? Find(string code) => _byCode.GetValueOrDefault(code);
}
