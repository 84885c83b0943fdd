using System.Text;

namespace Amana.Lists;

/// <summary>Where a reader puts what it sets aside: knows the file and the row it stands at.</summary>
internal sealed class RejectedRows(Action<RejectedRow>? rejected)
{
    public const int ExcerptChars = 500;

    public string File { get; set; } = "";
    public long Line { get; set; }
    public long Count { get; private set; }

    public void Row(string code, string reason, ReadOnlySpan<byte> row, string? column = null) =>
        Put(column, code, reason, row, restTaken: false);

    public void Row(string code, string reason, string row, string? column = null) =>
        Put(new RejectedRow(File, Line, column, code, reason, Cut(row)));

    /// <summary>Only this value is set aside; the rest of the row was taken.</summary>
    public void Value(string column, string code, string reason, string value) =>
        Put(new RejectedRow(File, Line, column, code, reason, Cut(value)) { RestTaken = true });

    public void Put(RejectedRow row)
    {
        Count++;
        rejected?.Invoke(row);
    }

    private void Put(string? column, string code, string reason, ReadOnlySpan<byte> row, bool restTaken) =>
        Put(new RejectedRow(File, Line, column, code, reason, Excerpt(row)) { RestTaken = restTaken });

    public static string Excerpt(ReadOnlySpan<byte> row) =>
        Cut(Encoding.UTF8.GetString(row[..Math.Min(row.Length, ExcerptChars * 4)]));

    /// <summary>Cut to length, with what would garble a table or a terminal written as an escape.</summary>
    public static string Cut(string text)
    {
        var cut = new StringBuilder(Math.Min(text.Length, ExcerptChars));
        for (int i = 0; i < text.Length; i++)
        {
            string piece = MustBeEscaped(text, i) ? $"\\u{(int)text[i]:x4}" : text[i].ToString();
            if (cut.Length + piece.Length > ExcerptChars) break;
            cut.Append(piece);
        }
        if (cut.Length > 0 && char.IsHighSurrogate(cut[^1])) cut.Length--;
        return cut.ToString();
    }

    private static bool MustBeEscaped(string text, int i) =>
        (char.IsControl(text[i]) && text[i] != '\t')
        || CleanText.IsDirectionControl(text[i]) || CleanText.IsHalfCharacter(text, i);
}
