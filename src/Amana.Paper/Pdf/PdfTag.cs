using System.Globalization;

namespace Amana.Paper.Pdf;

/// <summary>A part of the document as readers for the blind walk it: heading, paragraph, list, picture. Source: ISO 32000-1, 14.7 and 14.8.</summary>
internal sealed class PdfTag(string kind, PdfTag? parent)
{
    private readonly List<object> _parts = []; // tags, and (page, number) of what is drawn

    public string Kind { get; } = kind;
    public PdfTag? Parent { get; } = parent;
    /// <summary>The language when it is another than the document's.</summary>
    public string? Language { get; init; }
    /// <summary>What a picture shows.</summary>
    public string? Alternative { get; init; }
    public string? Attributes { get; set; }

    public PdfTag Add(string kind, string? language = null, string? alternative = null)
    {
        var tag = new PdfTag(kind, this) { Language = language, Alternative = alternative };
        _parts.Add(tag);
        return tag;
    }

    public void Marks(int page, int number) => _parts.Add((page, number));

    /// <summary>Writes the tag and what is under it.</summary>
    /// <param name="pages">Object numbers of the pages.</param>
    /// <param name="marked">By page: for each number of what is drawn, the object of its tag.</param>
    public int Write(PdfFile file, int above, IReadOnlyList<int> pages, List<SortedDictionary<int, int>> marked)
    {
        int own = file.Reserve();
        var kids = new List<string>();
        foreach (object part in _parts)
        {
            if (part is PdfTag tag) kids.Add($"{tag.Write(file, own, pages, marked)} 0 R");
            else
            {
                var (page, number) = ((int, int))part;
                kids.Add(string.Create(CultureInfo.InvariantCulture, $"<</Type/MCR/Pg {pages[page]} 0 R/MCID {number}>>"));
                marked[page][number] = own;
            }
        }

        file.Set(own, $"<</Type/StructElem/S/{Kind}/P {above} 0 R{(Language is null ? "" : $"/Lang({Language})")}{(Alternative is null ? "" : $"/Alt{PdfFile.Text(Alternative)}")}{Attributes}/K[{string.Join(' ', kids)}]>>");
        return own;
    }
}
