using Microsoft.AspNetCore.Identity;

namespace Amana.Server.Access.Passkeys;

/// <summary>The public half of a key that stays in a device, an authenticator or a hardware key (W3C Web Authentication, level 3).</summary>
public sealed class Passkey
{
    public const int NameLongest = 60;
    /// <summary>Per person: more are a sign of trouble.</summary>
    public const int Most = 20;

    /// <summary>Given by the device, unique in the world; at most 1,023 bytes.</summary>
    public required byte[] CredentialId { get; init; }
    public required Guid PersonId { get; init; }
    /// <summary>COSE key.</summary>
    public required byte[] PublicKey { get; init; }
    /// <summary>As its owner calls it: "hardware key in the safe".</summary>
    public required string Name { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    /// <summary>Counts up with each use where the device counts; a count that goes back is a copied key.</summary>
    public long SignCount { get; set; }
    /// <summary>How it is reached, with commas: <c>usb,nfc</c>.</summary>
    public string Transports { get; init; } = "";
    /// <summary>May be copied to other devices by its maker, such as a phone's cloud.</summary>
    public required bool MayBeCopied { get; init; }
    public bool IsCopied { get; set; }

    internal UserPasskeyInfo ToInfo() => new(
        CredentialId, PublicKey, AddedAt, (uint)SignCount, Transports.Split(',', StringSplitOptions.RemoveEmptyEntries),
        isUserVerified: true, MayBeCopied, IsCopied, attestationObject: [], clientDataJson: []) { Name = Name };

    internal static Passkey Of(UserPasskeyInfo made, Person person, string name, DateTimeOffset now) => new()
    {
        CredentialId = made.CredentialId,
        PersonId = person.Id,
        PublicKey = made.PublicKey,
        Name = name,
        AddedAt = now,
        SignCount = made.SignCount,
        Transports = string.Join(',', made.Transports ?? []),
        MayBeCopied = made.IsBackupEligible,
        IsCopied = made.IsBackedUp,
    };

    internal void Used(UserPasskeyInfo seen, DateTimeOffset now) => (UsedAt, SignCount, IsCopied) = (now, seen.SignCount, seen.IsBackedUp);

    /// <summary>In forms and in the journal: base64 with - and _.</summary>
    public string Key => System.Buffers.Text.Base64Url.EncodeToString(CredentialId);
}
