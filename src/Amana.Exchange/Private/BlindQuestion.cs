namespace Amana.Exchange.Private;

/// <summary>A value that is asked about without being told: OPRF(ristretto255, SHA-512), RFC 9497, mode VOPRF.</summary>
/// <remarks>The asker sends <see cref="Element"/>; the other bureau multiplies it with its key (<see cref="BlindKey"/>) and learns
/// nothing; from its answer, proved to be made with the key that all others get answers of (<see cref="BlindAnswer.IsOf"/>), <see cref="Finish"/> makes the
/// value's 64 bytes under that key, which nobody else can make.</remarks>
public sealed class BlindQuestion
{
    public const int ElementBytes = Ristretto.Bytes, OutputBytes = 64;
    /// <summary>Longest value, in bytes.</summary>
    public const int ValueBytesMost = ushort.MaxValue;

    private readonly byte[] _value, _blind;

    private BlindQuestion(byte[] value, byte[] blind, byte[] element) => (_value, _blind, Element) = (value, blind, element);

    /// <summary>32 bytes that say nothing about the value.</summary>
    public byte[] Element { get; }

    /// <exception cref="ArgumentException">The value is too long.</exception>
    public static BlindQuestion About(ReadOnlySpan<byte> value) => About(value, Ristretto.RandomScalar());

    internal static BlindQuestion About(ReadOnlySpan<byte> value, byte[] blind)
    {
        if (value.Length > ValueBytesMost) throw new ArgumentException($"A value has at most {ValueBytesMost} bytes.", nameof(value));
        byte[] element = Ristretto.Multiply(blind, Oprf.HashToGroup(value)) ?? throw new ArgumentException("This value has no element.", nameof(value));
        return new(value.ToArray(), blind, element);
    }

    /// <param name="answer">What the other bureau made of <see cref="Element"/>.</param>
    /// <returns>64 bytes; null when the answer is no element of the group.</returns>
    public byte[]? Finish(ReadOnlySpan<byte> answer)
    {
        if (!Ristretto.IsElement(answer) || Ristretto.Invert(_blind) is not { } inverse || Ristretto.Multiply(inverse, answer) is not { } unblinded) return null;
        return Oprf.Finish(_value, unblinded);
    }
}
