using System.Runtime.InteropServices;

namespace Amana.Lists;

/// <summary>The identifiers met so far, so that a second row under one of them is noticed.</summary>
/// <remarks>Keeps 64 bits of each: 16 bytes an entity at most, 256 MiB for ten million. Two different identifiers are taken
/// for one in about three of a million runs of ten million rows.</remarks>
internal sealed class EntityIds
{
    public const int CharsMax = 500;
    private ulong[] _slots = new ulong[1024];
    private int _count;

    public static bool IsWellFormed(string id)
    {
        if (id.Length is 0 or > CharsMax) return false;
        for (int i = 0; i < id.Length; i++)
        {
            bool bad = id[i] is < ' ' or '\u007F' || CleanText.IsDirectionControl(id[i]) || CleanText.IsHalfCharacter(id, i);
            if (bad) return false;
        }
        return true;
    }

    /// <returns>False: it was there.</returns>
    public bool Add(string id)
    {
        if (_count * 3L >= _slots.Length * 2L) Grow();
        if (!Insert(_slots, Hash(id))) return false;
        _count++;
        return true;
    }

    private void Grow()
    {
        var larger = new ulong[_slots.Length * 2];
        foreach (ulong hash in _slots)
            if (hash != 0) Insert(larger, hash);
        _slots = larger;
    }

    private static bool Insert(ulong[] slots, ulong hash)
    {
        int mask = slots.Length - 1;
        for (int at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            if (slots[at] == hash) return false;
            if (slots[at] == 0) { slots[at] = hash; return true; }
        }
    }

    // FNV-1a over the bytes eight at a time, closed with the finaliser of MurmurHash3 (both public domain).
    private static ulong Hash(string id)
    {
        var bytes = MemoryMarshal.AsBytes(id.AsSpan());
        ulong hash = 14695981039346656037 ^ (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[8..];
        }
        foreach (byte b in bytes) hash = (hash ^ b) * 1099511628211;
        hash = Mix(hash);
        return hash == 0 ? 1 : hash;
    }

    private static ulong Mix(ulong h)
    {
        h ^= h >> 33;
        h *= 0xff51afd7ed558ccd;
        h ^= h >> 33;
        h *= 0xc4ceb9fe1a85ec53;
        return h ^ (h >> 33);
    }
}
