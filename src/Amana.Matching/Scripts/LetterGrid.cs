using System.Runtime.CompilerServices;

namespace Amana.Matching.Scripts;

/// <summary>The least cost of spelling the first groups of a token as the first letters of a Latin one: a row for each letter of
/// the token, a column for each Latin letter. Each row keeps between which columns it was reached, for few are.</summary>
internal ref struct LetterGrid
{
    private readonly Span<float> _costs;
    private readonly Span<byte> _first, _last;
    private readonly int _width;

    /// <param name="costs">Room for <paramref name="rows"/> × <paramref name="width"/> cells.</param>
    /// <param name="bounds">Room for two bytes a row.</param>
    public LetterGrid(Span<float> costs, Span<byte> bounds, int rows, int width)
    {
        _costs = costs[..(rows * width)];
        _costs.Fill(float.MaxValue);
        _first = bounds[..rows];
        _last = bounds.Slice(rows, rows);
        _width = width;
        _first.Fill(byte.MaxValue);
        _last.Clear();
        Reach(0, 0, 0);
    }

    public readonly float this[int row, int column] => _costs[(row * _width) + column];

    /// <summary>The last row with a cell that was reached.</summary>
    public int LastRow { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reach(int row, int column, float cost)
    {
        ref float cell = ref _costs[(row * _width) + column];
        if (cost >= cell) return;
        cell = cost;
        if (column < _first[row]) _first[row] = (byte)column;
        if (column > _last[row]) _last[row] = (byte)column;
        if (row > LastRow) LastRow = row;
    }

    /// <summary>Latin letters that stand for nothing.</summary>
    public void SpreadExtra(int row, float limit)
    {
        for (int j = _first[row]; j <= _last[row] && j + 1 < _width; j++)
            if (this[row, j] + LetterTable.Extra is var cost && cost <= limit) Reach(row, j + 1, cost);
    }

    /// <summary>Every way to write the groups that start at a row.</summary>
    public void SpreadGroups(LetterGroups groups, ReadOnlySpan<ulong> windows, int row, float limit)
    {
        for (int length = 1; length <= LetterTable.GroupMax && row + length <= groups.Count; length++)
        {
            ref readonly var group = ref groups.At(row, length);
            if (!group.Exists) continue;
            var spellings = groups.Table!.SpellingsOf(group);
            float most = limit - groups.RestFrom(row + length);
            for (int j = _first[row]; j <= _last[row]; j++)
            {
                float from = this[row, j];
                if (from + group.Cheapest > most) continue;
                if (from + group.Silent is var silent && silent <= most) Reach(row + length, j, silent);
                ulong window = windows[j];
                if ((group.FirstLetters & (1u << (int)(window & 31))) == 0) continue;
                foreach (ref readonly var spelling in spellings)
                {
                    float cost = from + spelling.Cost;
                    if (cost > most) break; // the cheapest come first
                    if (((window ^ spelling.Latin) & ((1ul << (spelling.Length * 5)) - 1)) == 0) Reach(row + length, j + spelling.Length, cost);
                }
            }
        }
    }

    /// <summary>A letter that is missing, or stands for another.</summary>
    public void SpreadErrors(int row, float limit)
    {
        for (int j = _first[row]; j <= _last[row]; j++)
        {
            float from = this[row, j];
            if (from + LetterTable.Missing <= limit) Reach(row + 1, j, from + LetterTable.Missing);
            if (j + 1 < _width && from + LetterTable.Wrong <= limit) Reach(row + 1, j + 1, from + LetterTable.Wrong);
        }
    }
}
