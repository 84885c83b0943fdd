using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>The one place that says who may do what. Every act passes it first.</summary>
public sealed class Gate(AmanaDb db, JournalWriter journal, Purposes purposes, Instance instance, TimeProvider clock)
{
    /// <summary>How long a proof of being there is good for acts that need one.</summary>
    public static readonly TimeSpan ProofLasts = TimeSpan.FromMinutes(15);

    /// <summary>Null when allowed. What is forbidden is journaled at once.</summary>
    public async Task<Refusal?> CheckAsync(Caller caller, Right right, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.Has(right)) return await RefuseAsync(caller, right, AccessRefusals.Forbidden(right), cancel);
        return RoleTable.NeedsProof.Contains(right) ? CheckFresh(caller) : null;
    }

    /// <summary>Null when the person at the desk proved a moment ago to be who signed in (step-up; NIST SP 800-63B, 7.2). Machines cannot and need not.</summary>
    public Refusal? CheckFresh(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.ProvedAt is { } at && clock.GetUtcNow() - at > ProofLasts ? AccessRefusals.ProveAgain : null;
    }

    /// <summary>Null for a person, and for the server. For one half of what takes two persons, under a right that machines have for other acts.</summary>
    public static Refusal? CheckPerson(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Actor.Kind is ActorKind.Token ? AccessRefusals.OnlyPersonOpens : null;
    }

    /// <summary>For acts that read personal data: the right, and the purpose it is used for.</summary>
    /// <param name="purposeCode">As the request's body or form gave it; null falls back to the header and the token's own.</param>
    public async Task<Result<Purpose>> CheckAsync(Caller caller, Right right, string? purposeCode, CancellationToken cancel)
    {
        if (await CheckAsync(caller, right, cancel) is { } forbidden) return forbidden;
        string? code = string.IsNullOrWhiteSpace(purposeCode) ? caller.DefaultPurpose : purposeCode.Trim();
        if (string.IsNullOrEmpty(code)) return AccessRefusals.PurposeMissing;
        if (purposes.Find(code) is not { } purpose) return AccessRefusals.PurposeUnknown;
        if (purpose.TrainingOnly && instance.Kind is InstanceKind.Trial or InstanceKind.Service)
        {
            return await RefuseAsync(caller, right, AccessRefusals.PurposeOnlyTraining, cancel);
        }

        return purpose.Allows.Contains(right.Word())
            ? purpose
            : await RefuseAsync(caller, right, AccessRefusals.PurposeNotForThis(purpose.Code, right), cancel);
    }

    /// <summary>For what is listed, counted and found: only the records of which the caller is not kept out by need to know.</summary>
    public IQueryable<T> Reach<T>(IQueryable<T> records, Caller caller) where T : class, IRestrictable
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (PassesWalls(caller)) return records;
        var hidden = db.WallsBefore(caller, clock.GetUtcNow()).Select(w => w.Record);
        return records.Where(r => !hidden.Contains(r.Reference));
    }

    /// <summary>The records behind walls that say whom to ask: what the caller may know of, and not open.</summary>
    public IQueryable<T> Barred<T>(IQueryable<T> records, Caller caller) where T : class, IRestrictable
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (PassesWalls(caller)) return records.Where(r => false);
        var named = db.WallsBefore(caller, clock.GetUtcNow()).Where(w => !w.Concealed).Select(w => w.Record);
        return records.Where(r => named.Contains(r.Reference));
    }

    /// <summary>For an act on one record. Null when the caller may; a look in an emergency is journaled with the act.</summary>
    /// <param name="unknown">What the act says of a record that is not there: also the answer where nobody outside may know of this one.</param>
    public async Task<Refusal?> CheckRecordAsync(Caller caller, IRestrictable record, Refusal unknown, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(record);
        if (PassesWalls(caller)) return null;
        string reference = record.Reference, who = caller.Actor.ToString();
        if (await db.Walls.AsNoTracking().Include(w => w.Admits).SingleOrDefaultAsync(w => w.Record == reference, cancel) is not { } wall) return null;
        var keys = await db.WallKeysAsync(caller, cancel);
        if (wall.Admits.Exists(a => keys.Contains(a.Who))) return null;
        var now = clock.GetUtcNow();
        if (await db.Emergencies.AnyAsync(e => e.Record == reference && e.By == who && e.Until > now, cancel))
        {
            journal.Record(caller.Actor, "record.opened-in-emergency", reference);
            return null;
        }

        var restricted = AccessRefusals.Restricted((await db.WhomToAskAsync([wall], cancel))[reference]);
        journal.Record(caller.Actor, "access.refused", reference, details: new { restricted.Code, wall.Concealed });
        await db.SaveChangesAsync(cancel);
        return wall.Concealed ? unknown : restricted;
    }

    /// <summary>The record is for all who may read its kind from now on, because of what has become of it: its wall is taken away with the act,
    /// whose saving writes it.</summary>
    public async Task OpenToAllAsync(string reference, Actor who, CancellationToken cancel)
    {
        if (await db.Walls.SingleOrDefaultAsync(w => w.Record == reference, cancel) is not { } wall) return;
        db.Walls.Remove(wall);
        journal.Record(who, "record.unrestricted", reference);
    }

    /// <summary>Whom to ask for records that <see cref="Barred"/> found.</summary>
    public async Task<IReadOnlyDictionary<string, string>> WhomToAskAsync(IReadOnlyCollection<string> references, CancellationToken cancel) =>
        references.Count == 0 ? new Dictionary<string, string>(StringComparer.Ordinal)
            : await db.WhomToAskAsync(await db.Walls.AsNoTracking().Where(w => references.Contains(w.Record)).ToListAsync(cancel), cancel);

    // The server works for all, and who reviews what was opened has to see it; each look is in the journal.
    private static bool PassesWalls(Caller caller) => caller.Actor == Actor.Server || caller.Has(Right.ReviewEmergencies);

    private async Task<Refusal> RefuseAsync(Caller caller, Right right, Refusal refusal, CancellationToken cancel)
    {
        journal.Record(caller.Actor, "access.refused", details: new { right, refusal.Code });
        await db.SaveChangesAsync(cancel);
        return refusal;
    }
}
