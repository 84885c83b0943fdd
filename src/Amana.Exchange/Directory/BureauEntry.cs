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

/// <summary>How people reach a bureau when a message is not enough.</summary>
/// <param name="Phone">As it is dialled from abroad: <c>+999 1 555 0100</c>.</param>
/// <param name="Mail">Of the desk, not of a person.</param>
/// <param name="Hours">When somebody answers: <c>24/7</c>, <c>Mon-Fri 08:00-16:00 UTC+1</c>.</param>
public sealed record BureauContact(string Phone, string Mail, string Hours)
{
    public const int CharsMost = 100;
    public static BureauContact None { get; } = new("", "", "");
}

/// <summary>What the directory says of one bureau.</summary>
/// <param name="Names">In ar, en, fr, es.</param>
/// <param name="Address">Where its server takes envelopes: https, or http on this machine.</param>
/// <param name="Contact">For people; <see cref="BureauContact.None"/> when it gave none.</param>
/// <param name="Relay">The bureau whose server passes envelopes on to it; null when it is reached directly.</param>
public sealed record BureauEntry(
    BureauCode Bureau, IReadOnlyDictionary<string, string> Names, Uri Address, BureauState State, IReadOnlyList<DirectoryKey> Signing, IReadOnlyList<DirectoryKey> Sealing,
    BureauContact? Contact = null, BureauCode? Relay = null)
{
    /// <summary>What <see cref="Names"/> are given in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["ar", "en", "fr", "es"];

    /// <summary>https anywhere, or http on this machine; no user, no query.</summary>
    public static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>The key of that name, if it signed at that moment.</summary>
    public byte[]? SigningKeyAt(string name, DateTimeOffset at) => Signing.FirstOrDefault(k => k.Name == name && k.IsGoodAt(at))?.Key.ToArray();

    /// <summary>The newest key that others seal with now; null when there is none.</summary>
    public SealingKey? SealingKeyAt(DateTimeOffset at) =>
        Sealing.Where(k => k.IsGoodAt(at)).OrderByDescending(k => k.From).ThenBy(k => k.Name, StringComparer.Ordinal).Select(k => SealingKey.Of(k.Name, k.Key.Span)).FirstOrDefault();
}
