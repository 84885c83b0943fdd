using Amana.Matching.Index;
using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Asking;

/// <summary>Finds the tokens of an index that may be another spelling of a unit. Reused.</summary>
internal sealed class Neighbours
{
    private const int SeenSlots = 1 << 13;
    private readonly int[] _seen = new int[SeenSlots];
    private readonly int[] _seenIn = new int[SeenSlots];
    private int _round;
    private readonly ulong[] _keys = new ulong[Skeleton.KeysMax];
    private readonly uint[] _deletions = new uint[Deletions.KeysMax];

    /// <summary>Adds to the map each token near the unit, and counts its subjects.</summary>
    public void Find(PackedIndex index, Unit unit, int number, TokenMap map)
    {
        _round++;
        var cost = unit.Cost;
        int same = index.Find(cost.Token);
        if (same >= 0) Keep(index, unit, number, map, same, 0);
        if (unit.IsPart || cost.Readings.Count == 0) return;
        float limit = Limits.CostOf(unit.Kind, cost.Readings.Main.Length);
        BySkeleton(index, unit, number, map, limit);
        if (unit.Kind is UnitKind.Token) ByDeletion(index, unit, number, map, limit);
    }

    private void BySkeleton(PackedIndex index, Unit unit, int number, TokenMap map, float limit)
    {
        var cost = unit.Cost;
        var reading = cost.Readings.Main;
        uint letters = Letters.Of(reading);
        int count = Skeleton.Keys(cost.Readings, _keys);
        foreach (ulong key in _keys.AsSpan(0, count))
        {
            ushort check = TokenReadings.CheckOf(key);
            foreach (ref readonly var entry in index.WithSkeleton(key))
            {
                if (entry.Check != check || Math.Abs(entry.Length - reading.Length) > Limits.LengthsDiffer) continue;
                int differ = Letters.Differing(letters, entry.Letters);
                if (differ > (entry.Script == cost.Script ? Limits.LettersDiffer : Limits.LettersDifferAcross)) continue;
                if (IsNew(entry.Token)) Try(index, unit, number, map, entry.Token, limit);
            }
        }
    }

    private void ByDeletion(PackedIndex index, Unit unit, int number, TokenMap map, float limit)
    {
        var reading = unit.Cost.Readings.Main;
        uint letters = Letters.Of(reading);
        int count = Deletions.Of(reading, _deletions);
        foreach (uint key in _deletions.AsSpan(0, count))
            foreach (int token in index.WithDeletion(key))
            {
                if (!IsNew(token)) continue;
                var other = index.ReadingOf(token);
                if (Math.Abs(other.Length - reading.Length) > 2 || Letters.Differing(letters, Letters.Of(other)) > 4) continue;
                Try(index, unit, number, map, token, limit);
            }
    }

    private void Try(PackedIndex index, Unit unit, int number, TokenMap map, int token, float limit)
    {
        var script = index.Tokens[token].Script;
        bool isLatin = script is Script.Latn or Script.Zyyy;
        float cost = isLatin && unit.Cost.Script is Script.Latn
            ? LatinCost.Between(unit.Cost.Token, index.TokenText(token), limit)
            : unit.Cost.To(index.TokenText(token), script, limit, index.ReadingOf(token));
        if (cost <= limit) Keep(index, unit, number, map, token, Unit.StepOf(cost));
    }

    private void Keep(PackedIndex index, Unit unit, int number, TokenMap map, int token, int step)
    {
        _ = IsNew(token);
        if (map.Add(token, number, step)) unit.Count(step, index.Tokens[token].Subjects);
    }

    /// <summary>Whether the token was not looked at for this unit yet. A full table forgets the oldest.</summary>
    private bool IsNew(int token)
    {
        int slot = (int)((uint)token * 0x9E3779B1u >> 19);
        if (_seenIn[slot] == _round && _seen[slot] == token) return false;
        (_seen[slot], _seenIn[slot]) = (token, _round);
        return true;
    }
}

/// <summary>How far a spelling may be from another to be looked at.</summary>
internal static class Limits
{
    public const int LengthsDiffer = 5;
    public const int LettersDiffer = 6;
    public const int LettersDifferAcross = 11;

    /// <summary>Nats. A short token has little to recognise it by.</summary>
    public static float CostOf(UnitKind kind, int letters) => kind is UnitKind.Joined ? 5f : letters switch
    {
        <= 2 => 3f,
        3 => 4.2f,
        <= 5 => 6.5f,
        _ => 9.6f,
    };
}
