namespace Amana.Matching;

/// <summary>Several indexes asked as one: the lists that a caller may see. A token's rarity is counted over all of them.</summary>
/// <remarks>Immutable. A new list version is a new set: a question sees the old one or the new one, never half.</remarks>
public sealed class MatchSet(IReadOnlyList<MatchIndex> indexes)
{
    public IReadOnlyList<MatchIndex> Indexes => indexes;
    public int Count => indexes.Sum(i => i.Count);

    /// <summary>Best first over all indexes; ties by index, then place.</summary>
    public IReadOnlyList<Hit> Ask(Question question, AskOptions options) => Searches.Run(question, options, indexes);
}
