namespace Amana.Matching.Scripts;

/// <summary>One token's letters with every group of its table that starts at each, looked up once for many comparisons.</summary>
/// <remarks>Reused from token to token; not thread-safe.</remarks>
internal sealed class LetterGroups
{
    private readonly LetterTable.Group[] _groups = new LetterTable.Group[LetterCosts.LettersMax * LetterTable.GroupMax];
    /// <summary>Nats of the commonest spelling of the letters from each on.</summary>
    private readonly float[] _rest = new float[LetterCosts.LettersMax + 1];

    public LetterTable? Table { get; private set; }

    public int Count { get; private set; }

    /// <summary>Nats of the commonest spelling of all letters, whatever it is.</summary>
    public float Floor => _rest[0];

    /// <param name="letters">As <see cref="SourceLetters"/> spells them.</param>
    public void Prepare(LetterTable table, ReadOnlySpan<char> letters)
    {
        Table = table;
        Count = Math.Min(letters.Length, LetterCosts.LettersMax);
        _rest[Count] = 0;
        for (int i = Count - 1; i >= 0; i--)
        {
            _rest[i] = _rest[i + 1] + LetterTable.Missing;
            bool isLonger = true;
            for (int length = 1; length <= LetterTable.GroupMax; length++)
            {
                ref var group = ref _groups[(i * LetterTable.GroupMax) + length - 1];
                group = isLonger ? table.Find(letters[..Count], i, length) : default;
                if (length == 1) isLonger = group.StartsLonger;
                if (group.Exists) _rest[i] = Math.Min(_rest[i], _rest[i + length] + group.Cheapest);
            }
        }
    }

    /// <summary>Nats that the letters from <paramref name="at"/> on cost at least.</summary>
    public float RestFrom(int at) => _rest[at];

    /// <summary>The group of <paramref name="length"/> letters at <paramref name="at"/>; none that exists when there is none.</summary>
    public ref readonly LetterTable.Group At(int at, int length) => ref _groups[(at * LetterTable.GroupMax) + length - 1];
}
