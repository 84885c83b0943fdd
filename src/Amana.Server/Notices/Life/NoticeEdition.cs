using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Notices;

/// <summary>What a notice said before an amendment was taken up: who acted on it then can see what it was.</summary>
internal sealed class NoticeEdition : SealedRow
{
    public required Id<NoticeEdition> Id { get; init; }
    public required Id<Notice> Notice { get; init; }
    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }
    /// <summary>Sealed.</summary>
    public required NoticeContent Content { get => NoticeContent.FromJson(PlainText ?? "{}"); init => PlainText = value.ToJson(); }

    protected override string Place => $"notice-edition/{Id}";
}

/// <summary>What an addendum says. Source: domain.md 1.11.</summary>
public enum AddendumKind
{
    Correction,
    /// <summary>A country refused to extradite.</summary>
    ExtraditionRefused,
    /// <summary>The person was found.</summary>
    Located,
    StatusChange,
    /// <summary>The data is being looked at.</summary>
    Caveat,
    /// <summary>Ordered by the Commission instead of a deletion.</summary>
    CommissionOrder,
}

/// <summary>A statement beside a notice that is read before it. It is never changed; a later one takes its place.</summary>
internal sealed class NoticeAddendum : SealedRow
{
    public const int CharsMax = 2_000;

    public required Id<NoticeAddendum> Id { get; init; }
    public required Id<Notice> Notice { get; init; }
    /// <summary>The edition that was in force.</summary>
    public required int Edition { get; init; }
    public required AddendumKind Kind { get; init; }
    public required string Bureau { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public Id<NoticeAddendum>? ReplacedBy { get; set; }
    /// <summary>By language: ar, en, fr, es; sealed. One at least.</summary>
    public required IReadOnlyDictionary<string, string> Texts
    {
        get => System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(Plain)!;
        init => Plain = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value);
    }

    protected override string Place => $"notice-addendum/{Id}";

    /// <summary>Only reviewers say these.</summary>
    public static bool IsOfReviewers(AddendumKind kind) => kind is AddendumKind.Caveat or AddendumKind.CommissionOrder;
}
