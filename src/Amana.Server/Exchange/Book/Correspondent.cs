using Amana.Vocabulary;

namespace Amana.Server.Exchange.Book;

/// <summary>What this bureau says of another, and how it goes with it. One for each bureau that was ever in the directory.</summary>
internal sealed class Correspondent
{
    public required BureauCode Bureau { get; init; }
    /// <summary>Why we refuse it; null while we do not.</summary>
    public string? RefusedFor { get; private set; }
    public DateTimeOffset? RefusedAt { get; private set; }
    /// <summary>Why we limit it: <see cref="BureauBook.IsLimited"/>; null while we do not.</summary>
    public string? LimitedFor { get; private set; }
    /// <summary>When people compared its key in words, and which.</summary>
    public DateTimeOffset? ComparedAt { get; private set; }
    public string? ComparedWords { get; private set; }
    /// <summary>When a request of it last held.</summary>
    public DateTimeOffset? HeardAt { get; set; }
    /// <summary>When it last took something from us.</summary>
    public DateTimeOffset? ReachedAt { get; set; }
    /// <summary>Version of the directory that it said it has; 0 before.</summary>
    public long HasVersion { get; set; }

    public void Refuse(string? reason, DateTimeOffset now) => (RefusedFor, RefusedAt) = (reason, reason is null ? null : now);

    public void Limit(string? reason) => LimitedFor = reason;

    public void Compare(string words, DateTimeOffset now) => (ComparedWords, ComparedAt) = (words, now);
}
