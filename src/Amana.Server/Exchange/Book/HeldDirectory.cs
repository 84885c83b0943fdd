using Amana.Exchange.Directory;

namespace Amana.Server.Exchange.Book;

/// <summary>A directory as it was signed, with the key that people compared: the one that we go by, or one that is offered to us.</summary>
internal sealed class HeldDirectory
{
    public const int GoneBy = 1, Offered = 2;

    /// <summary><see cref="GoneBy"/> or <see cref="Offered"/>: one row each.</summary>
    public required int Number { get; init; }
    public required string Form { get; set; }
    public required string SignerName { get; set; }
    public required byte[] SignerKey { get; set; }
    public required DateTimeOffset SignerFrom { get; set; }
    public required DateTimeOffset SignerUntil { get; set; }
    public required long Version { get; set; }
    public required DateTimeOffset TakenAt { get; set; }
    /// <summary>Since when people here wait for a key of the Secretariat that nothing announces; null: they do not, and such a directory is refused.</summary>
    public DateTimeOffset? SignerAwaitedAt { get; set; }

    public DirectoryKey Signer => new(SignerName, SignerKey, SignerFrom, SignerUntil);

    public void Take(PinnedDirectory pinned, DateTimeOffset now)
    {
        (Form, Version, TakenAt) = (pinned.SignedForm, pinned.Directory.Version, now);
        if (!SignerKey.AsSpan().SequenceEqual(pinned.Signer.Key.Span)) SignerAwaitedAt = null;
        (SignerName, SignerKey, SignerFrom, SignerUntil) = (pinned.Signer.Name, pinned.Signer.Key.ToArray(), pinned.Signer.From, pinned.Signer.Until);
    }

    public static HeldDirectory Of(int number, PinnedDirectory pinned, DateTimeOffset now) => new()
    {
        Number = number, Form = pinned.SignedForm, Version = pinned.Directory.Version, TakenAt = now,
        SignerName = pinned.Signer.Name, SignerKey = pinned.Signer.Key.ToArray(), SignerFrom = pinned.Signer.From, SignerUntil = pinned.Signer.Until,
    };
}
