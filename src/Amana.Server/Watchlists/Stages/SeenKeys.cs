namespace Amana.Server.Watchlists;

/// <summary>Which stored rows a run has met again: one bit a row, in pages, so that 10 million rows take 1.3 MB.</summary>
internal sealed class SeenKeys
{
    private const int PageBits = 1 << 16;
    private readonly Dictionary<long, ulong[]> _pages = [];

    /// <returns>False when it was there already.</returns>
    public bool Add(long key)
    {
        long page = key / PageBits;
        if (!_pages.TryGetValue(page, out ulong[]? bits)) _pages[page] = bits = new ulong[PageBits / 64];
        int bit = (int)(key % PageBits);
        ulong mask = 1UL << (bit & 63);
        bool added = (bits[bit >> 6] & mask) == 0;
        bits[bit >> 6] |= mask;
        return added;
    }

    public bool Contains(long key) =>
        _pages.TryGetValue(key / PageBits, out ulong[]? bits) && (bits[(int)(key % PageBits) >> 6] & (1UL << (int)(key % PageBits & 63))) != 0;
}
