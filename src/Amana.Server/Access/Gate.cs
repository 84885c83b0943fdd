using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;

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

    private async Task<Refusal> RefuseAsync(Caller caller, Right right, Refusal refusal, CancellationToken cancel)
    {
        journal.Record(caller.Actor, "access.refused", details: new { right, refusal.Code });
        await db.SaveChangesAsync(cancel);
        return refusal;
    }
}
