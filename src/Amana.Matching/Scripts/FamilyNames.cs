using System.Collections.Frozen;

namespace Amana.Matching.Scripts;

/// <summary>Where the family name ends in a Han or Hangul name that is written without a space.</summary>
/// <remarks>data/names/family-east-asia.tsv: the family names of two letters, and those of one letter.</remarks>
internal static class FamilyNames
{
    private static readonly FrozenSet<string> Known = Tables.Rows("names/family-east-asia.tsv").Select(r => r[0]).ToFrozenSet();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <returns>Letters of the family name, or 0 when the name is not to be cut.</returns>
    public static int LengthOf(ReadOnlySpan<char> name, Script script)
    {
        if (name.Length is < 2 or > 5) return 0;
        if (name.Length > 2 && Lookup.Contains(name[..2])) return 2;
        bool one = Lookup.Contains(name[..1]);
        if (script is Script.Hang) return one && name.Length <= 4 ? 1 : 0;
        return name.Length switch
        {
            2 or 3 => 1,
            4 => one ? 1 : 2, // three given letters are rare in China, two and two are the rule in Japan
            _ => one ? 0 : 2,
        };
    }
}
