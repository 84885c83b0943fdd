using System.Text.Json;
using Amana.Server.Journal;

namespace Amana.Server.Access.Pages;

/// <summary>How the audit page shows entries: the acts that can be asked for, and what stands in an entry as plain rows.</summary>
internal static class AuditText
{
    /// <summary>Every fact that is taken down; each has a text <c>act.FACT</c>. A test compares them with the code.</summary>
    public static readonly IReadOnlyList<string> Acts =
    [
        "question.asked", "questions.asked", "asking.reviewed", "famous.brought", "hit.read", "hit.decided", "hit.decision-undone", "hit.assigned", "hits.listed",
        "notice.drafted", "notice.saved", "notice.read", "notice.printed", "notice.listed", "notice.picture-added", "notice.submitted", "notice.discarded",
        "notice.clarification-asked", "notice.clarification-answered", "notice.criterion-answered", "notice.refused", "notice.approved", "notice.published",
        "notice.suspended", "notice.resumed", "notice.blocked", "notice.block-lifted", "notice.withdrawn", "notice.cancelled", "notice.expired", "notice.renewed",
        "notice.deleted", "notice.retention-warned", "notice.amendment-begun", "notice.amended", "notice.edition-published", "notice.addendum-added", "protection.recorded", "protection.ended", "bureau.suspended", "bureau.restored",
        "notice.searched-first", "notice.picture-removed", "safeguards.listed",
        "notice.sighting-reported", "notice.exported", "notice.renewal-asked", "notice.refusal-revised", "notices.counted", "questions.asked-again", "watch.made", "watch.ended", "watch.told", "watches.listed",
        "news.published", "news.taken-down", "tip.given", "tip.answered", "tip.read", "tip.asked", "tip.closed", "tips.forgotten",
        "message.sent", "message.received", "message.recalled", "message.taken-back", "message.expired", "thread.read", "threads.listed", "threads.counted", "thread.assigned", "thread.closed", "thread.outcome-told", "thread.emptied",
        "file.begun", "file.brought", "file.opened", "file.fetched", "file.refused", "file.forgotten", "thread.due-near", "thread.overdue", "thread.exported", "thread.printed", "handling.refused", "release.asked", "release.asked-of-us", "release.granted", "release.refused", "release.answered-to-us",
        "request.received", "request.read", "request.more-asked", "request.more-given", "request.identity-proved", "request.admitted", "request.extended",
        "request.holding-noted", "request.notice-blocked", "request.block-lifted", "request.secretariat-asked", "request.secretariat-answered", "request.owner-asked", "request.owner-answered",
        "request.consultation-received", "request.consultation-read", "request.consultation-answered",
        "request.traces-looked-for", "request.decision-proposed", "request.proposal-withdrawn", "request.proposal-sent-back", "request.decided", "request.told", "request.revision-asked",
        "item.entered", "items.entered", "item.withdrawn", "item.read", "items.deleted", "item.owner-asked", "item.owner-answered", "number.checked", "numbers.checked",
        "record.read", "records.listed", "entity.read", "batch.taken", "batch.done",
        "batch.results-fetched", "batch.pause", "batch.resume", "batch.stop", "batch.forget", "batch.forgotten",
        "list.published", "list.unchanged", "list.publication-undone", "list.removed", "list.restored", "list.purged", "import.started", "import.paused", "import.resumed", "import.stopped",
        "import.confirmed", "import.refused", "import.failed", "import.rejected-read", "source.added", "source.changed",
        "person.signed-in", "person.signed-out", "sign-in.failed", "person.invited", "person.joined", "person.roles-changed",
        "person.password-changed", "person.proved-again", "passkey.added", "passkey.removed", "openid.linked", "openid.unlinked", "passwords.switched-off", "passwords.switched-on", "person.sessions-ended", "recovery.asked", "recovery.refused", "person.sign-in-reset", "person.closed",
        "token.made", "token.ended", "access.issued", "access.refused", "server.set-up", "journal.checked", "journal.cover", "journal.proof-saved", "journal.content-erased", "keys.rotated",
        "upload.refused", "unit.made", "unit.renamed", "person.unit-changed", "record.restricted", "record.unrestricted", "record.opened-in-emergency",
        "emergency.opened", "emergency.tried", "emergency.reviewed", "emergencies.listed",
        "backup.made", "backup.restored", "witness.added", "witness.removed", "witnessed-log.asked", "witnessed-log.added", "witnessed-log.removed", "witnessed-log.refused", "witness.refused-us",
        "exchange-key.made", "exchange-keys.renewed", "directory.founded", "directory.bureau-added", "directory.bureau-changed", "directory.offered", "directory.offer-declined", "directory.joined", "directory.followed",
        "directory.signer-proposed", "directory.signer-withdrawn", "directory.signer-announced", "directory.signer-changed", "directory.signer-replaced", "directory.signer-awaited", "directory.signer-followed",
        "directory.cards-followed", "bureau.card-sent", "bureau.contact-said", "bureau.key-compared", "bureau.refused", "bureau.admitted", "bureau.limited", "bureau.unlimited", "letter.taken", "letter.refused", "letter.dead", "letter.sent-again", "letter.all-sent-again", "letter.given-up", "letter.relayed", "exchange.refused",
        "blind.asked", "blind.replied", "blind.read", "blind.answered", "blind.terms-set", "blind.list-opened", "blind.list-closed", "blind.closed",
        "notice.sent", "notice.recalled", "notice.received", "notice.ended-by-owner", "notice.sighting-received", "notice.hit-told", "notice.hit-told-again", "notice.hit-heard",
    ];

    /// <summary>Where a reference leads for this reader, or null.</summary>
    public static string? AddressOf(string reference, Caller reader) => reference.Split('-')[0] switch
    {
        "HIT" when reader.Has(Right.Screen) => $"/hits/{reference}",
        "BAT" when reader.Has(Right.Screen) => $"/search/batches/{reference}",
        "DSR" when reader.Has(Right.HandleRequests) => $"/requests/{reference}",
        "MSG" when reader.Has(Right.ReadMessages) => $"/messages/{reference}",
        "TIP" when reader.Has(Right.ReadTips) => $"/tips/{reference}",
        "RUN" when reader.Has(Right.ReadLists) => $"/admin/runs/{reference}",
        _ => null,
    };

    /// <summary>Details and content, one row a fact, as the entry holds them.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(ReadJournal.EntryView entry) =>
        new[] { entry.Details, entry.Content }.OfType<JsonElement>().Where(part => part.ValueKind is JsonValueKind.Object)
            .SelectMany(part => part.EnumerateObject()).Select(fact => (fact.Name, fact.Value.ToString()));
}
