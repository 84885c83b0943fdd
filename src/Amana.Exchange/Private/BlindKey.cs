namespace Amana.Exchange.Private;

/// <summary>The key with which a bureau answers blind questions, and makes its own values ready to be found.</summary>
public sealed class BlindKey
{
    private readonly byte[] _scalar;

    private BlindKey(byte[] scalar) => (_scalar, PublicKey) = (scalar, Ristretto.MultiplyBase(scalar) ?? throw new ArgumentException("A key is not zero.", nameof(scalar)));

    /// <param name="seed">32 random bytes.</param>
    /// <param name="info">Public: what the key is for, so that one seed gives different keys for different uses.</param>
    public static BlindKey Of(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> info) => new(Oprf.DeriveKey(seed, info));

    /// <summary>32 bytes, published: answers are proved against it.</summary>
    public byte[] PublicKey { get; }

    internal ReadOnlySpan<byte> Scalar => _scalar;

    /// <param name="asked">1 to <see cref="BlindAnswer.QuestionsMost"/> elements of questions.</param>
    /// <returns>Null when there are too few or too many, or one is no element of the group.</returns>
    public BlindAnswer? Evaluate(IReadOnlyList<byte[]> asked) => Evaluate(asked, Ristretto.RandomScalar());

    /// <param name="random">For the test vectors; else a new one for each answer.</param>
    internal BlindAnswer? Evaluate(IReadOnlyList<byte[]> asked, byte[] random)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (asked.Count is 0 or > BlindAnswer.QuestionsMost) return null;
        byte[][] elements = new byte[asked.Count][];
        for (int i = 0; i < elements.Length; i++)
        {
            if (!Ristretto.IsElement(asked[i]) || Ristretto.Multiply(_scalar, asked[i]) is not { } element) return null;
            elements[i] = element;
        }

        return new(elements, KeyProof.Make(_scalar, PublicKey, asked, elements, random));
    }

    /// <summary>What an asker ends up with for the same value: 64 bytes.</summary>
    public byte[] OutputOf(ReadOnlySpan<byte> value) =>
        Oprf.Finish(value, Ristretto.Multiply(_scalar, Oprf.HashToGroup(value)) ?? throw new ArgumentException("This value has no element.", nameof(value)));
}

/// <summary>Answers to blind questions, with the proof that one known key made them all.</summary>
/// <param name="Elements">One for each question, in their order.</param>
/// <param name="Proof">64 bytes (RFC 9497, 2.2).</param>
public sealed record BlindAnswer(IReadOnlyList<byte[]> Elements, byte[] Proof)
{
    public const int QuestionsMost = 1_000, ProofBytes = 64;

    /// <summary>Whether the holder of that key answered these questions with it: not one asker with another key than the rest, to know it again.</summary>
    public bool IsOf(ReadOnlySpan<byte> publicKey, IReadOnlyList<byte[]> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return Proof.Length == ProofBytes && asked.Count == Elements.Count && asked.Count is > 0 and <= QuestionsMost && Ristretto.IsElement(publicKey)
            && Elements.All(e => Ristretto.IsElement(e)) && KeyProof.Check(publicKey, asked, Elements, Proof);
    }
}
