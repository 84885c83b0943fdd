using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Amana.Exchange.Private;

/// <summary>That the same scalar lies between the generator and the public key as between each question and its answer (RFC 9497, 2.2: a proof of equal discrete
/// logarithms, one for a whole batch).</summary>
internal static class KeyProof
{
    public static byte[] Make(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> publicKey, IReadOnlyList<byte[]> asked, IReadOnlyList<byte[]> answered, ReadOnlySpan<byte> random)
    {
        byte[] questions = Combined(publicKey, asked, answered, asked);
        byte[] answers = NotNeutral(Ristretto.Multiply(scalar, questions));
        byte[] challenge = Challenge(publicKey, questions, answers, NotNeutral(Ristretto.MultiplyBase(random)), NotNeutral(Ristretto.Multiply(random, questions)));
        return [.. challenge, .. Ristretto.SubtractProduct(random, challenge, scalar)];
    }

    public static bool Check(ReadOnlySpan<byte> publicKey, IReadOnlyList<byte[]> asked, IReadOnlyList<byte[]> answered, ReadOnlySpan<byte> proof)
    {
        var challenge = proof[..Ristretto.Bytes];
        var response = proof[Ristretto.Bytes..];
        byte[] questions = Combined(publicKey, asked, answered, asked), answers = Combined(publicKey, asked, answered, answered);
        if (Sum(Ristretto.MultiplyBase(response), Ristretto.Multiply(challenge, publicKey)) is not { } first) return false;
        if (Sum(Ristretto.Multiply(response, questions), Ristretto.Multiply(challenge, answers)) is not { } second) return false;
        return CryptographicOperations.FixedTimeEquals(challenge, Challenge(publicKey, questions, answers, first, second));
    }

    // Each with a weight that whoever made the answers could not choose.
    private static byte[] Combined(ReadOnlySpan<byte> publicKey, IReadOnlyList<byte[]> asked, IReadOnlyList<byte[]> answered, IReadOnlyList<byte[]> which)
    {
        byte[] seed = SHA512.HashData([.. Oprf.Sized(publicKey), .. Oprf.Sized([.. "Seed-"u8, .. Oprf.Context])]);
        byte[]? sum = null;
        byte[] number = new byte[2];
        for (int i = 0; i < asked.Count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)i);
            byte[] weight = Oprf.HashToScalar([.. Oprf.Sized(seed), .. number, .. Oprf.Sized(asked[i]), .. Oprf.Sized(answered[i]), .. "Composite"u8]);
            byte[] weighed = NotNeutral(Ristretto.Multiply(weight, which[i]));
            sum = sum is null ? weighed : NotNeutral(Ristretto.Add(sum, weighed));
        }

        return sum!;
    }

    private static byte[] Challenge(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> questions, ReadOnlySpan<byte> answers, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        Oprf.HashToScalar([.. Oprf.Sized(publicKey), .. Oprf.Sized(questions), .. Oprf.Sized(answers), .. Oprf.Sized(first), .. Oprf.Sized(second), .. "Challenge"u8]);

    private static byte[]? Sum(byte[]? one, byte[]? other) => one is null || other is null ? null : Ristretto.Add(one, other);

    // A product or sum is the neutral element with a chance of one in 2^252, or when somebody has made it so.
    private static byte[] NotNeutral(byte[]? element) => element ?? throw new CryptographicException("The neutral element came up.");
}
