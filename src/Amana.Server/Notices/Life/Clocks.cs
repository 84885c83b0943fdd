namespace Amana.Server.Notices;

/// <summary>What time alone does to a notice. Source: domain.md 1.9 and 1.10; no number stands here, all are in <c>terms.json</c>.</summary>
internal static class Clocks
{
    /// <summary>The step that is due, or null.</summary>
    public static Step? DueOf(Notice notice, DateTimeOffset now)
    {
        var terms = NoticeRules.Own.Terms;
        if (notice.State is NoticeState.InfoRequested && notice.AnswerDueAt <= now) return Due(NoticeEvent.Refuse, now, "no-answer");
        if (notice.State is NoticeState.Suspended && notice.SuspendedUntil <= now) return Due(NoticeEvent.Withdraw, now, "suspension-over");
        if (notice.State.IsLive && notice.RetainUntil <= now) return Due(NoticeEvent.Expire, now, null);
        return notice.State.HasEnded && notice.EndedAt?.AddDays(terms.PurgeAfterDays) <= now ? Due(NoticeEvent.Delete, now, notice.EndReason) : null;
    }

    /// <summary>The warning that is due: at so many days before the end of the retention or suspension the owner is asked. Null: none.</summary>
    public static int? WarningOf(Notice notice, DateTimeOffset now)
    {
        if (!notice.State.IsLive) return null;
        var (end, days) = notice.State is NoticeState.Suspended
            ? (notice.SuspendedUntil, NoticeRules.Own.Terms.SuspensionWarnDays) : (notice.RetainUntil, NoticeRules.Own.Terms.RetentionWarnDays);
        if (end is not { } last) return null;
        int? reached = days.Where(d => now >= last.AddDays(-d)).Cast<int?>().Min();
        return reached is { } at && (notice.WarnedAtDays is not { } told || at < told) ? at : null;
    }

    private static Step Due(NoticeEvent what, DateTimeOffset now, string? code) =>
        new(what, Foundation.Actor.Server.ToString(), now) { Code = code, Reason = LifeCycle.Of(what).NeedsReason ? "The time is over." : null };
}
