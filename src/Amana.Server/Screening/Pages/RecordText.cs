using Amana.Server.Watchlists;
using Amana.Server.Web;
using Amana.Server.Web.Components;

namespace Amana.Server.Screening.Pages;

/// <summary>What pages say of a record in one line each: its names in two scripts, why it exists, when born.</summary>
internal static class RecordText
{
    private static readonly string[] NameProperties = ["name", "alias", "weakAlias", "previousName"];

    /// <summary>A name in another script than the caption; null when the list has none.</summary>
    public static string? OtherScript(EntityView record)
    {
        string? own = ScriptText.LanguageOf(record.Caption);
        return NameProperties.SelectMany(record.Of).FirstOrDefault(n => ScriptText.LanguageOf(n) is var other && other != own && (own is null || other is null));
    }

    /// <summary>The word of the record's kind in addresses: <c>/records/persons/…</c>.</summary>
    public static string KindOf(EntityView record) => RecordKinds.Of(record.Schema);

    public static string SignOf(EntityView record) => record.Schema switch
    {
        "Person" => "user-round",
        "Vessel" => "ship",
        "Airplane" => "plane",
        "Vehicle" => "car",
        _ => "building-2",
    };

    /// <summary>Why the record exists: its topics in words, or its schema when the list gives none.</summary>
    public static string Why(EntityView record, Texts texts)
    {
        var topics = record.Of("topics").Where(t => texts.Has($"topic.{t}")).Select(t => texts[$"topic.{t}"]).Distinct(StringComparer.Ordinal).Take(3).ToList();
        if (topics.Count > 0) return string.Join(texts["list.comma"], topics);
        return texts.Has($"schema.{record.Schema}") ? texts[$"schema.{record.Schema}"] : record.Schema;
    }

    public static string? Born(EntityView record, Formats formats) =>
        record.Of("birthDate") is { Count: > 0 } dates ? string.Join(", ", dates.Take(3).Select(d => DateText.Of(d, formats))) : null;

    /// <summary>Every property that has a value, with its label.</summary>
    public static IEnumerable<(string Label, IReadOnlyList<string> Values)> All(EntityView record, Texts texts) =>
        record.Properties.Where(p => p.Value.Count > 0).Select(p => (texts.Has($"property.{p.Key}") ? texts[$"property.{p.Key}"] : p.Key, p.Value));
}
