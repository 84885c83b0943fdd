using System.Globalization;

namespace Amana.Sealing.Logs;

/// <summary>Where a tile of a log stands: <c>tile/0/x001/x234/067</c>, <c>tile/entries/000.p/8</c> (C2SP tlog-tiles).</summary>
/// <remarks>A tile holds 256 hashes of one level; level 0 are the leaves, and a hash of level n + 1 is the root of a whole
/// tile of level n. The last tile of a level may be partial, and says so in its path. A bundle of entries stands beside each
/// tile of level 0.</remarks>
public sealed record TilePath
{
    /// <summary>Hashes of a whole tile, and entries of a whole bundle.</summary>
    public const int Width = 256;
    /// <summary>Bits of <see cref="Width"/>.</summary>
    internal const int WidthBits = 8;
    /// <summary>Highest level there can be: a tree has less than 2^63 leaves.</summary>
    public const int LevelMost = 7;
    private const long NumberMost = long.MaxValue / Width;
    private const int EntriesLevel = -1;

    private TilePath(int level, long number, int count) => (Level, Number, Count) = (level, number, count);

    /// <summary>0 to 7, or -1 for a bundle of entries.</summary>
    public int Level { get; }
    /// <summary>Position among the tiles of its level, from 0.</summary>
    public long Number { get; }
    /// <summary>1 to 256; 256 is a whole one.</summary>
    public int Count { get; }
    public bool IsEntries => Level == EntriesLevel;
    public bool IsWhole => Count == Width;

    public static TilePath OfTile(int level, long number, int count = Width)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)level, (uint)LevelMost, nameof(level));
        return Checked(level, number, count);
    }

    public static TilePath OfEntries(long number, int count = Width) => Checked(EntriesLevel, number, count);

    private static TilePath Checked(int level, long number, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)number, (ulong)NumberMost, nameof(number));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Width);
        return new(level, number, count);
    }

    /// <summary>Reads a path in its one form; anything else, such as <c>tile/0/5</c> or one with dots, is none.</summary>
    public static bool TryParse(string? text, out TilePath? path)
    {
        path = null;
        string[] parts = (text ?? "").Split('/');
        if (parts.Length is < 3 or > 12 || parts[0] != "tile") return false;
        int level = EntriesLevel;
        if (parts[1] != "entries" && (parts[1].Length != 1 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out level) || level > LevelMost)) return false;

        int count = Width, end = parts.Length;
        if (parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or >= Width) return false;
            end--;
            parts[end - 1] = parts[end - 1][..^2];
        }

        UInt128 number = 0;
        for (int i = 2; i < end; i++)
        {
            string digits = i < end - 1 ? parts[i].StartsWith('x') ? parts[i][1..] : "" : parts[i];
            if (digits.Length != 3 || !uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out uint three)) return false;
            number = number * 1000 + three;
            if (number > (UInt128)NumberMost) return false;
        }

        var read = new TilePath(level, (long)number, count);
        if (read.ToString() != text) return false; // leading groups of noughts, a width with a leading nought
        path = read;
        return true;
    }

    public override string ToString()
    {
        string number = (Number % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (long rest = Number / 1000; rest > 0; rest /= 1000) number = $"x{(rest % 1000).ToString("D3", CultureInfo.InvariantCulture)}/{number}";
        string kind = IsEntries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"tile/{kind}/{number}{(IsWhole ? "" : $".p/{Count}")}");
    }
}
