using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Notices;

/// <summary>An officer asks to be told when somebody asks about a person: for a purpose, on a legal basis, until a day. Who asks is not told.</summary>
internal sealed class PersonWatch : SealedRow
{
    public const int BasisCharsMax = 500, OpenMax = 200;

    public required Id<PersonWatch> Id { get; init; }
    public required string Bureau { get; init; }
    /// <summary>As in the journal.</summary>
    public required string By { get; init; }
    public required string Purpose { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset Until { get; init; }
    /// <summary>Questions up to here were compared.</summary>
    public DateTimeOffset LookedTo { get; set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndedBy { get; private set; }

    /// <summary>Whom it is about, as fields of a person, with the legal basis under <c>summary</c>; sealed, and gone when it ends.</summary>
    public required NoticeContent Content { get => NoticeContent.FromJson(PlainText ?? "{}"); init => PlainText = value.ToJson(); }

    protected override string Place => $"person-watch/{Id}";

    public bool IsOpen => EndedAt is null;

    public void End(string by, DateTimeOffset at)
    {
        (EndedBy, EndedAt) = (by, at);
        Plain = null;
    }
}

/// <summary>Somebody asked about a watched person. Who and what stands in the journal alone.</summary>
internal sealed class WatchAlert
{
    public required Id<WatchAlert> Id { get; init; }
    public required Id<PersonWatch> Watch { get; init; }
    /// <summary>When it was asked.</summary>
    public required DateTimeOffset At { get; init; }
    public required string Bureau { get; init; }
    public required string Purpose { get; init; }
    /// <summary>0 to 1.</summary>
    public required double Score { get; init; }
    public DateTimeOffset? SeenAt { get; set; }
}
