using System.Text;
using Microsoft.AspNetCore.Components;

namespace Amana.Server.Web.Components;

/// <summary>Two spellings laid side by side: the letters that they do not share stand in a <c>mark</c>.</summary>
internal static class Letters
{
    private const int LongestCompared = 60;

    public static (MarkupString Left, MarkupString Right) Compared(string left, string right)
    {
        if (left.Length > LongestCompared || right.Length > LongestCompared) return (Plain(left), Plain(right));
        int[,] common = CommonLengths(left, right);
        bool[] keptLeft = new bool[left.Length], keptRight = new bool[right.Length];
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            if (Same(left[i], right[j])) { keptLeft[i++] = true; keptRight[j++] = true; }
            else if (common[i + 1, j] >= common[i, j + 1]) i++;
            else j++;
        }
        return (Marked(left, keptLeft), Marked(right, keptRight));
    }

    private static int[,] CommonLengths(string left, string right)
    {
        int[,] common = new int[left.Length + 1, right.Length + 1];
        for (int i = left.Length - 1; i >= 0; i--)
            for (int j = right.Length - 1; j >= 0; j--)
                common[i, j] = Same(left[i], right[j]) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);

    private static MarkupString Plain(string text) => new(PageEncoder.Html.Encode(text));

    private static MarkupString Marked(string text, bool[] kept)
    {
        var html = new StringBuilder();
        for (int i = 0; i < text.Length;)
        {
            int end = i;
            while (end < text.Length && kept[end] == kept[i]) end++;
            string piece = PageEncoder.Html.Encode(text[i..end]);
            html.Append(kept[i] ? piece : $"<mark>{piece}</mark>");
            i = end;
        }
        return new(html.ToString());
    }
}
