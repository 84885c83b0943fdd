using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>Questions that wait for the own bureau as owner: somebody stands at a border meanwhile. In the menu and on the Desk of who answers.</summary>
internal sealed class QuestionsToUs(AmanaDb db) : IMenuCounter, IDeskSource
{
    private const int ShownMost = 20;

    public string Address => "/items";

    public async Task<MenuCount> CountAsync(Caller caller, CancellationToken cancel) => caller.Has(Right.EnterItems) ? new MenuCount(await WaitingFor(caller).CountAsync(cancel), CanBeLate: false) : default;

    public async Task<DeskPart> AtAsync(Caller caller, Texts texts, CancellationToken cancel)
    {
        if (!caller.Has(Right.EnterItems)) return new DeskPart();
        var waiting = await WaitingFor(caller).OrderBy(q => q.AskedAt).Take(ShownMost).Select(q => new { q.ItemReference, q.AskedAt }).ToListAsync(cancel);
        return new DeskPart
        {
            Queue = [.. waiting.Select(q => new QueueItem { Work = texts["items.to-answer"], Icon = "mail", Subject = q.ItemReference, Reference = q.ItemReference, Address = $"/items/{q.ItemReference}", Since = q.AskedAt })],
        };
    }

    private IQueryable<OwnerQuestion> WaitingFor(Caller caller) => db.OwnerQuestions.AsNoTracking().Where(q => q.Owner == caller.Bureau && q.Answer == OwnerAnswer.Asked);
}
