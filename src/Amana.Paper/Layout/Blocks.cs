using Amana.Paper.Fonts;

namespace Amana.Paper.Layout;

/// <summary>Which side a text stands at: where the document's language begins, where it ends, or between.</summary>
public enum Side { Start, Middle, End }

/// <summary>One thing that stands on a page. Measures are points (1/72 inch); colours three numbers from 0 to 1.</summary>
public abstract record Block
{
    /// <summary>Room above it.</summary>
    public double Before { get; init; }

    /// <summary>It does not stand at the foot of a page with nothing after it.</summary>
    public bool StaysWithNext { get; init; }
}

/// <summary>A text; its line ends make paragraphs.</summary>
public sealed record Words(string Text) : Block
{
    public double Size { get; init; } = 9.5;
    public Face Face { get; init; } = Face.Text;
    public string Colour { get; init; } = "0.07 0.07 0.07";
    /// <summary>What it is to readers for the blind: <c>P</c>, <c>H1</c>, <c>H2</c>.</summary>
    public string Kind { get; init; } = "P";
    public string? Language { get; init; }
    /// <summary>Null: as its first letter tells.</summary>
    public bool? RightToLeft { get; init; }
    public Side Side { get; init; }
}

/// <summary>A photograph, JPEG or PNG, filled to the edges of its place.</summary>
public sealed record Photograph(byte[] Bytes, double Width, double Height, string Alternative) : Block;

/// <summary>A square code: dark where true.</summary>
public sealed record Squares(IReadOnlyList<IReadOnlyList<bool>> Dark, double Size, string Alternative) : Block;

/// <summary>A filled shape with a sign in it, in a square of 20 by 20 as the screen draws it.</summary>
public sealed record Sign(string Outline, string Mark, double MarkY, double MarkSize, string Colour, double Size, string Alternative) : Block;

/// <summary>A band with stripes.</summary>
public sealed record Band(double Height, string Colour) : Block;

/// <summary>A thin line.</summary>
public sealed record Rule : Block;

/// <summary>Blocks one under the other in columns, never parted by the end of a page.</summary>
public sealed record Columns(IReadOnlyList<Column> All) : Block
{
    public double Between { get; init; } = 10;
}

/// <param name="Width">Null: what the others leave, shared.</param>
public sealed record Column(double? Width, IReadOnlyList<Block> Blocks);

/// <summary>What nobody overlooks: in a black frame.</summary>
public sealed record Framed(IReadOnlyList<Block> Blocks) : Block;

/// <summary>Names and what stands for them.</summary>
public sealed record Pairs(IReadOnlyList<Pair> All) : Block
{
    public double LabelWidth { get; init; } = 140;
}

public sealed record Pair(string Label, IReadOnlyList<string> Values);
