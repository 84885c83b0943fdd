using Amana.Server.Web;

namespace Amana.Server.LostAndStolen.Pages;

/// <summary>The words and marks of this module's pages.</summary>
internal static class NumberText
{
    public static IReadOnlyList<ItemKind> Kinds { get; } = [.. Enum.GetValues<ItemKind>()];

    public static string Kind(ItemKind kind, Texts texts) => texts[$"items.kind.{kind.Word}"];

    public static string Kind(string word, Texts texts) => texts[$"items.kind.{word}"];

    public static string Field(string name, Texts texts) => texts[$"items.field.{name}"];

    public static string Fraud(string fraud, Texts texts) => texts[$"items.choice.{fraud}"];

    /// <summary>The value as a reader takes it: a choice in words, all else as written.</summary>
    public static string Value(ItemKind kind, string field, string value, Texts texts) =>
        kind.Fields.FirstOrDefault(f => f.Name == field)?.Kind is ItemFieldKind.Choice ? texts[$"items.choice.{value}"] : value;

    /// <summary>The longer text of a record is prose, the rest stands left to right.</summary>
    public static bool IsProse(ItemKind kind, string field) => kind.Fields.FirstOrDefault(f => f.Name == field)?.Kind is ItemFieldKind.Text or ItemFieldKind.Choice;

    /// <summary>Each character, and whether the other number differs there.</summary>
    public static IEnumerable<(char Character, bool Differs)> Beside(string number, string other)
    {
        int same = 0;
        while (same < number.Length && same < other.Length && number[same] == other[same]) same++;
        for (int i = 0; i < number.Length; i++)
        {
            bool differs = number.Length == other.Length ? number[i] != other[i] : i == same && number.Length > other.Length;
            yield return (number[i], differs);
        }
    }

    public static string ToneOf(string outcome) => outcome switch { "hit" => "danger", "near" => "warn", _ => "ok" };

    public static string StateTone(string state) => state switch { "confirmed" => "danger", "not-confirmed" => "ok", _ => "warn" };
}
