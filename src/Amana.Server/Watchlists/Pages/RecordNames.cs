using Amana.Server.Web.Components;

namespace Amana.Server.Watchlists.Pages;

/// <summary>Which of a record's names to show beside its caption.</summary>
internal static class RecordNames
{
    /// <summary>The first name in another script than the caption; null when there is none.</summary>
    public static string? OriginalOf(RecordEntry record) =>
        record.Properties.GetValueOrDefault("name", []).Concat(record.Properties.GetValueOrDefault("alias", []))
            .FirstOrDefault(n => ScriptText.LanguageOf(n) != ScriptText.LanguageOf(record.Caption));
}
