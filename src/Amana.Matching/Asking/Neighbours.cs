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
    private readonly uint[] _letters = new uint[Readings.CountMax];
    private readonly List<int> _tokens = [];
    private readonly List<byte> _steps = [];

    /// <summary>Adds to the map each token near the unit, and counts its subjects.</summary>
    public void Find(PackedIndex index, Unit unit, int number, TokenMap map)
    {
        var cost = unit.Cost;
        if (unit.IsPart)
        {
            if (index.Find(cost.Token) is >= 0 and var part) Note(index, unit, number, map, part, 0);
            return;
        }
        var entry = index.Recent.Find(cost.Token, cost.Script, unit.Kind);
        if (entry is null)
        {
            Search(index, unit);
            entry = new RecentNeighbours.Entry(cost.Token.ToString(), cost.Script, unit.Kind, [.. _tokens], [.. _steps]);
            index.Recent.Keep(entry);
        }
        for (int i = 0; i < entry.Tokens.Length; i++) Note(index, unit, number, map, entry.Tokens[i], entry.Steps[i]);
    }

    private static void Note(PackedIndex index, Unit unit, int number, TokenMap map, int token, int step)
    {
        if (map.Add(token, number, step)) unit.Count(step, index.Tokens[token].Subjects);
    }

    private void Search(PackedIndex index, Unit unit)
    {
        _round++;
        _tokens.Clear();
        _steps.Clear();
        var cost = unit.Cost;
        if (index.Find(cost.Token) is >= 0 and var same && IsNew(same)) Keep(same, 0);
        if (cost.Readings.Count == 0) return;
        float limit = Limits.CostOf(unit.Kind, cost.Readings.Main.Length);
        BySkeleton(index, unit, limit);
        if (unit.Kind is UnitKind.Token) ByDeletion(index, unit, limit);
    }

    private void BySkeleton(PackedIndex index, Unit unit, float limit)
    {
        var cost = unit.Cost;
        int length = cost.Readings.Main.Length;
        for (int r = 0; r < cost.Readings.Count; r++) _letters[r] = Letters.Of(cost.Readings[r]);
        var letters = _letters.AsSpan(0, cost.Readings.Count);
        int count = Skeleton.Keys(cost.Readings, _keys);
        foreach (ulong key in _keys.AsSpan(0, count))
        {
            ushort check = TokenReadings.CheckOf(key);
            foreach (ref readonly var entry in index.WithSkeleton(key))
            {
                if (entry.Check != check || Math.Abs(entry.Length - length) > Limits.LengthsDiffer) continue;
                int allowed = entry.Script == cost.Script ? Limits.LettersDiffer : Limits.LettersDifferAcross;
                if (Differ(letters, entry.Letters) <= allowed && IsNew(entry.Token)) Try(index, unit, entry.Token, limit);
            }
        }
    }

    private static int Differ(ReadOnlySpan<uint> readings, uint letters)
    {
        int least = 32;
        foreach (uint reading in readings) least = Math.Min(least, Letters.Differing(reading, letters));
        return least;
    }

    private void ByDeletion(PackedIndex index, Unit unit, float limit)
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
                Try(index, unit, token, limit);
            }
    }

    private void Try(PackedIndex index, Unit unit, int token, float limit)
    {
        var script = index.Tokens[token].Script;
        bool isLatin = script is Script.Latn or Script.Zyyy;
        float cost = isLatin && unit.Cost.Script is Script.Latn
            ? LatinCost.Between(unit.Cost.Token, index.TokenText(token), limit)
            : unit.Cost.To(index.TokenText(token), script, limit, index.ReadingOf(token));
        if (cost <= limit) Keep(token, Unit.StepOf(cost));
    }

    private void Keep(int token, int step)
    {
        _tokens.Add(token);
        _steps.Add((byte)step);
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
    public const int LengthsDiffer = 4;
    public const int LettersDiffer = 5;
    public const int LettersDifferAcross = 7;

    /// <summary>Nats. A short token has little to recognise it by.</summary>
    public static float CostOf(UnitKind kind, int letters) => kind is UnitKind.Joined ? 5f : letters switch
    {
        <= 2 => 3f,
        3 => 5.2f,
        <= 5 => 6.6f,
        _ => 9f,
    };
}
