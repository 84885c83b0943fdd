using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Unread threads beside the menu entry; answers that are owed, on the Desk. Who leads the exchange is told of all that will be late, in whosever hand it is.</summary>
internal sealed class ThreadsAtWork(AmanaDb db, Gate gate) : IMenuCounter, IDeskSource, IPaletteSource, INotificationSource
{
    private const int QueueMost = 50, NotesMost = 5;

    public string Address => "/messages";

    public async Task<MenuCount> CountAsync(Caller caller, CancellationToken cancel) =>
        new(caller.Has(Right.ReadMessages) ? await Open(caller).CountAsync(t => t.Unread > 0, cancel) : 0, CanBeLate: true);

    public async Task<DeskPart> AtAsync(Caller caller, Texts texts, CancellationToken cancel)
    {
        if (!caller.Has(Right.ReadMessages)) return new();
        string me = caller.Actor.ToString();
        bool leads = caller.Has(Right.ReleaseMessages);
        var owed = await Open(caller).Where(t => t.DueAt != null && (t.AssignedTo == null || t.AssignedTo == me || (leads && t.Escalation != Escalation.None))).OrderBy(t => t.DueAt).Take(QueueMost).ToListAsync(cancel);
        int late = await Open(caller).CountAsync(t => t.Escalation == Escalation.Past, cancel), all = await Open(caller).CountAsync(t => t.DueAt != null, cancel);
        return new()
        {
            Counters = all == 0 ? [] : [new(texts["threads.to-answer"], "mail", all, "/messages?filter=to-answer", late == 0 ? null : texts.Say("threads.late-count", ("count", late)), late > 0)],
            Queue = [.. owed.Select(t => new QueueItem
            {
                Work = texts[t.Escalation is Escalation.None ? "threads.answer" : "threads.answer-escalated"], Icon = "mail", Subject = t.Content.Subject.Length > 0 ? t.Content.Subject : t.Reference,
                Reference = t.Reference, Address = $"/messages/{t.Reference}", From = t.Opener, DueAt = t.DueAt, Since = t.LastAt,
            })],
        };
    }

    public Task<IReadOnlyList<PaletteItem>> FindAsync(string query, Caller caller, Texts texts, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PaletteItem>>(caller.Has(Right.ReadMessages) && ThreadReference.TryRead(query, out string? reference)
            ? [new("command.work", "mail", reference, texts["menu.messages"], $"/messages/{reference}")] : []);

    async Task<IReadOnlyList<Notification>> INotificationSource.AtAsync(Caller caller, Texts texts, CancellationToken cancel)
    {
        if (!caller.Has(Right.ReleaseMessages)) return [];
        var late = await Open(caller).Where(t => t.Escalation != Escalation.None).OrderBy(t => t.DueAt).Take(NotesMost).ToListAsync(cancel);
        return [.. late.Select(t => new Notification("alarm-clock", texts[t.Escalation is Escalation.Past ? "threads.overdue" : "threads.due-near"], t.Reference, $"/messages/{t.Reference}"))];
    }

    private IQueryable<CaseThread> Open(Caller caller) => gate.Reach(db.CaseThreads.AsNoTracking(), caller).Where(t => t.State == ThreadState.Open);
}
