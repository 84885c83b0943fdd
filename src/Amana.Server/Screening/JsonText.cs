using System.Text.Json;

namespace Amana.Server.Screening;

/// <summary>Texts of outside JSON. Half of a surrogate pair, written as an escape, is valid JSON and still no text.</summary>
internal static class JsonText
{
    /// <returns>False when the value is no text.</returns>
    public static bool TryRead(JsonElement value, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String) return false;
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static bool TryName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return AskedText.IsWhole(name);
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
