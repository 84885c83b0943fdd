namespace Amana.Exchange.Envelopes;

/// <summary>What a bureau says in answer to a request, signed, so that nobody on the way can put something else in its place: a compact JWS with <c>typ</c> =
/// <c>amana-statement+jws</c>. Good for the moment; what is to be kept goes in a letter.</summary>
public static class BureauStatement
{
    internal const string Type = "amana-statement+jws";

    /// <param name="payload">JSON; says itself what it is about.</param>
    public static string Sign(ReadOnlySpan<byte> payload, LetterSigner signer) => CompactSignature.Sign(payload, Type, signer);

    /// <param name="by">Who must have signed it.</param>
    /// <param name="publicKeyOf">32 bytes of the key of that name, good now; null when there is none.</param>
    /// <returns>The payload; null when it is no statement of that bureau.</returns>
    public static byte[]? Read(string form, Vocabulary.BureauCode by, Func<string, byte[]?> publicKeyOf)
    {
        ArgumentNullException.ThrowIfNull(publicKeyOf);
        return CompactSignature.NameOf(form) is { } name && KeyName.BureauOf(name) == by && publicKeyOf(name) is { } key ? CompactSignature.Check(form, Type, key) : null;
    }
}
