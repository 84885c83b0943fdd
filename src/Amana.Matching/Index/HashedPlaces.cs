namespace Amana.Matching.Index;

/// <summary>Places under 32-bit keys: sorted pairs (key high, place low) with a directory over the key's upper bits.</summary>
internal readonly struct HashedPlaces
{
    public HashedPlaces(ulong[] pairs)
    {
        Array.Sort(pairs);
        Sorted = pairs;
        Bits = TokenTable.BitsFor(pairs.Length);
        Starts = new uint[(1 << Bits) + 1];
        int shift = 64 - Bits;
        foreach (ulong pair in pairs) Starts[(pair >> shift) + 1]++;
        for (int i = 1; i < Starts.Length; i++) Starts[i] += Starts[i - 1];
    }

    public ulong[] Sorted { get; }
    public uint[] Starts { get; }
    public int Bits { get; }

    /// <summary>The run of pairs with the key.</summary>
    public static ReadOnlySpan<ulong> Find(View<ulong> sorted, View<uint> starts, int bits, uint key)
    {
        int slot = (int)((ulong)key << 32 >> (64 - bits));
        var near = sorted.Run(starts, slot);
        int first = LowerBound(near, (ulong)key << 32);
        int end = first + LowerBound(near[first..], ((ulong)key << 32) + 0x1_0000_0000);
        return key == uint.MaxValue ? near[first..] : near[first..end];
    }

    private static int LowerBound(ReadOnlySpan<ulong> sorted, ulong value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
