namespace Amana.Exchange.Envelopes;

/// <summary>A letter with its signature. Kept as it came, so that it can be checked for decades.</summary>
internal static class SignedLetter
{
    public const string Type = "amana-letter+jws";

    public static string Sign(Letter letter, LetterSigner signer) => CompactSignature.Sign(letter.ToBytes(), Type, signer);

    /// <param name="publicKeyOf">32 bytes of the key of that name, good at that moment; null when there is none.</param>
    public static EnvelopeFault Check(string jws, Func<string, DateTimeOffset, byte[]?> publicKeyOf, out Letter? letter)
    {
        letter = null;
        if (CompactSignature.PayloadOf(jws) is not { } payload) return EnvelopeFault.Unreadable;
        if (!CompactSignature.IsOf(jws, Type) || CompactSignature.NameOf(jws) is not { } name) return EnvelopeFault.Algorithm;
        if (Letter.Read(payload) is not { } read) return EnvelopeFault.Unreadable;
        if (KeyName.BureauOf(name) != read.From || publicKeyOf(name, read.At) is not { } key) return EnvelopeFault.Sender;
        if (CompactSignature.Check(jws, Type, key) is null) return EnvelopeFault.Signature;
        letter = read;
        return EnvelopeFault.None;
    }
}
