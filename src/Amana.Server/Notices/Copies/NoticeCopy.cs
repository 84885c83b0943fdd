using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Notices;

/// <summary>That another bureau was sent a notice of ours: who holds a copy, and by which letter it was last told.</summary>
internal sealed class NoticeCopy
{
    public required Id<Notice> Notice { get; init; }
    public required BureauCode Bureau { get; init; }
    /// <summary>The last letter; its receipts say what became of it there.</summary>
    public Guid Letter { get; private set; }
    public string Hash { get; private set; } = "";
    public DateTimeOffset SentAt { get; private set; }
    /// <summary>It was told to delete it.</summary>
    public bool IsRecalled { get; private set; }

    public void Sent(Guid letter, string hash, bool isRecall, DateTimeOffset now) => (Letter, Hash, IsRecalled, SentAt) = (letter, hash, isRecall, now);
}

/// <summary>Up to where the copies of a notice were looked after.</summary>
internal sealed class NoticeMailing
{
    public required Id<Notice> Notice { get; init; }
    /// <summary>Of the notice.</summary>
    public long Version { get; set; }
    /// <summary><see cref="Exchange.BureauBook.Stamp"/>: a bureau that joins gets what is in force, one that can be written to again is told what it missed.</summary>
    public long Book { get; set; }
}

/// <summary>Where a notice of another bureau came from.</summary>
internal sealed class NoticeOrigin
{
    public required Id<Notice> Notice { get; init; }
    public required BureauCode Bureau { get; init; }
    /// <summary>The letter that it was last told by.</summary>
    public Guid Letter { get; set; }
    public long Version { get; set; }
    /// <summary>When a person here first opened what that letter says; null before.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}
