using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Amana.Server.Web.Components;

/// <summary>What a page must know of a text's script to print it without disorder.</summary>
internal static class ScriptText
{
    /// <summary>A BCP 47 tag for <c>lang</c>, by the first letter that tells; null when none does (Latin tells nothing).</summary>
    public static string? LanguageOf(string? text)
    {
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            string? tag = rune.Value switch
            {
                >= 0x0600 and <= 0x06FF or >= 0x0750 and <= 0x077F or >= 0xFB50 and <= 0xFDFF or >= 0xFE70 and <= 0xFEFC => "ar",
                >= 0x0590 and <= 0x05FF => "he",
                >= 0x0400 and <= 0x052F => "ru",
                >= 0x0370 and <= 0x03FF => "el",
                >= 0x0530 and <= 0x058F => "hy",
                >= 0x10A0 and <= 0x10FF => "ka",
                >= 0x0900 and <= 0x097F => "hi",
                >= 0x0E00 and <= 0x0E7F => "th",
                >= 0x3040 and <= 0x30FF => "ja",
                >= 0xAC00 and <= 0xD7AF => "ko",
                >= 0x4E00 and <= 0x9FFF => "zh",
                _ => null,
            };
            if (tag is not null) return tag;
        }
        return null;
    }

    public static bool IsRightToLeft(string? text) => LanguageOf(text) is "ar" or "he";

    /// <summary>Both spellings of a name in the order of a document: its own direction first; one when there is no other.</summary>
    public static (string First, string? Second) InOrder(string name, string? original, bool rightToLeft)
    {
        bool originalFirst = rightToLeft && !string.IsNullOrEmpty(original) && IsRightToLeft(original);
        return (originalFirst ? original! : name, string.IsNullOrEmpty(original) || original == name ? null : originalFirst ? name : original);
    }

    /// <summary>Encoded for a page; control and direction characters become a mark that a reader sees.</summary>
    public static MarkupString Visible(string text, string hint)
    {
        var html = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            bool odd = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                && rune.Value is not (0x200C or 0x200D);
            if (odd) html.Append(CultureInfo.InvariantCulture, $"<span class=\"odd\" title=\"{PageEncoder.Html.Encode(hint)}\">U+{rune.Value:X4}</span>");
            else html.Append(PageEncoder.Html.Encode(rune.ToString()));
        }
        return new(html.ToString());
    }
}
