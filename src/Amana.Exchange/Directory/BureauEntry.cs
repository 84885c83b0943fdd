using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Directory;

/// <summary>Whether other bureaus exchange with this one.</summary>
public enum BureauState
{
    Active,
    /// <summary>It may send what the rules allow; others decide on each message.</summary>
    Restricted,
    /// <summary>Nothing is taken from it and nothing sent to it.</summary>
    Suspended,
}

/// <summary>A public key and when it is good.</summary>
/// <param name="Name"><see cref="KeyName"/>, of the bureau that it stands under.</param>
/// <param name="Key">Signing: 32 bytes of Ed25519. Sealing: SubjectPublicKeyInfo of P-256.</param>
/// <param name="From">Good from then on.</param>
/// <param name="Until">And before then.</param>
/// <param name="RevokedAt">From then on nothing made with it is believed, whenever it says it was made; null while it is trusted.</param>
public sealed record DirectoryKey(string Name, ReadOnlyMemory<byte> Key, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? RevokedAt = null)
{
    public bool IsGoodAt(DateTimeOffset at) => RevokedAt is null && From <= at && at < Until;

    public bool Equals(DirectoryKey? other) => other is not null && (Name, From, Until, RevokedAt) == (other.Name, other.From, other.Until, other.RevokedAt) && Key.Span.SequenceEqual(other.Key.Span);
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>What the directory says of one bureau.</summary>
/// <param name="Names">In ar, en, fr, es.</param>
/// <param name="Address">Where its server takes envelopes: https, or http on this machine.</param>
public sealed record BureauEntry(
    BureauCode Bureau, IReadOnlyDictionary<string, string> Names, Uri Address, BureauState State, IReadOnlyList<DirectoryKey> Signing, IReadOnlyList<DirectoryKey> Sealing)
{
    /// <summary>The key of that name, if it signed at that moment.</summary>
    public byte[]? SigningKeyAt(string name, DateTimeOffset at) => Signing.FirstOrDefault(k => k.Name == name && k.IsGoodAt(at))?.Key.ToArray();

    /// <summary>The newest key that others seal with now; null when there is none.</summary>
    public SealingKey? SealingKeyAt(DateTimeOffset at) =>
        Sealing.Where(k => k.IsGoodAt(at)).OrderByDescending(k => k.From).ThenBy(k => k.Name, StringComparer.Ordinal).Select(k => SealingKey.Of(k.Name, k.Key.Span)).FirstOrDefault();
}
