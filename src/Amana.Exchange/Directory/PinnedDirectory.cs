using Amana.Exchange.Envelopes;

namespace Amana.Exchange.Directory;

/// <summary>Why a directory is not taken.</summary>
public enum DirectoryFault
{
    None,
    /// <summary>Not of the form, too large, or signed in another way.</summary>
    Unreadable,
    /// <summary>Not signed with the key that we trust, or with one that is not good at that time.</summary>
    Signer,
    /// <summary>Older than the one we have: somebody shows a stolen or an old copy.</summary>
    Older,
    /// <summary>The same version with other content: the Secretariat, or who has its key, says two things.</summary>
    TwoTongues,
    /// <summary>A key that was revoked is trusted again, or one has changed under its name.</summary>
    KeyChanged,
}

/// <summary>The directory that this bureau goes by, and the only key that may give it a newer one.</summary>
/// <param name="Directory">As it was signed.</param>
/// <param name="SignedForm">The signed form, to show and to compare.</param>
/// <param name="Signer">The Secretariat's key that we trust: compared in words at first contact, after that only as it announces its own successor.</param>
public sealed record PinnedDirectory(BureauDirectory Directory, string SignedForm, DirectoryKey Signer)
{
    internal const string Type = "amana-directory+jws";

    public static string Sign(BureauDirectory directory, LetterSigner secretariat) => CompactSignature.Sign(directory.ToBytes(), Type, secretariat);

    /// <summary>The first directory, with a key that people compared.</summary>
    public static DirectoryFault Pin(string form, DirectoryKey signer, out PinnedDirectory? pinned)
    {
        ArgumentNullException.ThrowIfNull(signer);
        pinned = null;
        var fault = Check(form, signer, out var directory);
        if (fault is DirectoryFault.None) pinned = new(directory!, form, signer);
        return fault;
    }

    /// <summary>A newer directory, from wherever it came.</summary>
    /// <param name="next">What to go by from now on; null when it is not taken.</param>
    public DirectoryFault Follow(string form, out PinnedDirectory? next)
    {
        next = null;
        // The successor is trusted as soon as it is announced, and the old one as long as it is good: the change needs no moment at which all agree.
        var signer = Directory.NextSigner is { } announced && CompactSignature.NameOf(form) == announced.Name ? announced : Signer;
        var fault = Check(form, signer, out var directory);
        if (fault is not DirectoryFault.None) return fault;
        if (directory!.Version < Directory.Version) return DirectoryFault.Older;
        if (directory.Version == Directory.Version)
        {
            if (form != SignedForm) return DirectoryFault.TwoTongues;
            next = this;
            return DirectoryFault.None;
        }

        if (!KeepsKeys(directory)) return DirectoryFault.KeyChanged;
        next = new(directory, form, signer);
        return DirectoryFault.None;
    }

    private static DirectoryFault Check(string form, DirectoryKey signer, out BureauDirectory? directory)
    {
        directory = null;
        if (form.Length > BureauDirectory.BytesMost || CompactSignature.NameOf(form) is not { } name) return DirectoryFault.Unreadable;
        if (name != signer.Name) return DirectoryFault.Signer;
        if (CompactSignature.Check(form, Type, signer.Key.Span) is not { } payload) return DirectoryFault.Signer;
        directory = BureauDirectory.Read(payload);
        if (directory is null) return DirectoryFault.Unreadable;
        return signer.IsGoodAt(directory.IssuedAt) ? DirectoryFault.None : DirectoryFault.Signer;
    }

    // A name stands for one key for good, and what was revoked stays so.
    private bool KeepsKeys(BureauDirectory newer)
    {
        var now = newer.Bureaus.SelectMany(b => b.Signing.Concat(b.Sealing)).ToDictionary(k => k.Name, StringComparer.Ordinal);
        return Directory.Bureaus.SelectMany(b => b.Signing.Concat(b.Sealing)).All(old => !now.TryGetValue(old.Name, out var key)
            || (key.Key.Span.SequenceEqual(old.Key.Span) && (old.RevokedAt is null || key.RevokedAt is not null)));
    }
}
