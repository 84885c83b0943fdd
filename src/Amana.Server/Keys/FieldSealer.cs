using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;

namespace Amana.Server.Keys;

/// <summary>Seals single fields before they are stored: AES-256-GCM with a data key, which a master key closes.</summary>
/// <remarks>What is stored: number of the data key (four bytes, big-endian), nonce (12), cipher text, tag (16). A new data key seals what
/// is new; older ones go on opening what they sealed.</remarks>
public sealed class FieldSealer
{
    private const string Prefix = "data-";
    private const int NumberBytes = 4;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    private readonly KeyFolder _keys;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<int, byte[]> _known = [];
    private readonly Lock _looking = new();
    private int _newest;
    private long _lookedAt;

    internal FieldSealer(KeyFolder keys, TimeProvider clock) => (_keys, _clock) = (keys, clock);

    /// <param name="place">What the field is of, such as <c>journal-content/17</c>; only the same word opens it, so that a sealed field
    /// moved to another row does not pass for that row's.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, string place)
    {
        int number = Newest();
        byte[] body = SealedBytes.Seal(KeyOf(number), plain, SealedBytes.Place(place));
        byte[] whole = new byte[NumberBytes + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(whole, number);
        body.CopyTo(whole, NumberBytes);
        return whole;
    }

    /// <exception cref="KeyException">The key is gone, or this is not what was sealed at that place.</exception>
    public byte[] Open(ReadOnlySpan<byte> whole, string place)
    {
        if (whole.Length < NumberBytes) throw new KeyException($"What stands at {place} is not sealed.");
        int number = BinaryPrimitives.ReadInt32BigEndian(whole);
        return SealedBytes.Open(KeyOf(number), whole[NumberBytes..], SealedBytes.Place(place))
            ?? throw new KeyException($"What stands at {place} was not sealed with data key {number}, or was altered.");
    }

    /// <summary>Makes a data key with which all new fields are sealed.</summary>
    internal int MakeNext()
    {
        lock (_looking)
        {
            int next = Look() + 1;
            _keys.Secret(NameOf(next), SealedBytes.KeyBytes);
            return _newest = next;
        }
    }

    // A command beside the server may have made another key: looked for now and then.
    private int Newest()
    {
        lock (_looking)
        {
            if (_newest > 0 && _clock.GetElapsedTime(_lookedAt) < LookAgainAfter) return _newest;
            _newest = Math.Max(1, Look());
            _lookedAt = _clock.GetTimestamp();
            return _newest;
        }
    }

    private int Look() => _keys.Names(Prefix)
        .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0).DefaultIfEmpty(0).Max();

    private byte[] KeyOf(int number) => _known.GetOrAdd(number, n => n == 1
        ? _keys.Secret(NameOf(1), SealedBytes.KeyBytes)
        : _keys.Read(NameOf(n)) ?? throw new KeyException($"Data key {n} is not in the folder of keys."));

    private static string NameOf(int number) => Prefix + number.ToString(CultureInfo.InvariantCulture);
}
