using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;

namespace Amana.Server.Access;

/// <summary>The one place that says who may do what. Every act passes it first.</summary>
public sealed class Gate(AmanaDb db, JournalWriter journal, Purposes purposes, Instance instance)
{
    /// <summary>Null when allowed. What is forbidden is journaled at once.</summary>
    public async Task<Refusal?> CheckAsync(Caller caller, Right right, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Has(right) ? null : await RefuseAsync(caller, right, AccessRefusals.Forbidden(right), cancel);
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
