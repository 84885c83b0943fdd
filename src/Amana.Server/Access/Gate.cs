using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;

namespace Amana.Server.Access;

/// <summary>The one place that says who may do what. Every act passes it first.</summary>
public sealed class Gate(AmanaDb db, JournalWriter journal)
{
    /// <summary>Null when allowed. What is forbidden is journaled at once.</summary>
    public async Task<Refusal?> CheckAsync(Caller caller, Right right, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Has(right)) return null;
        var refusal = AccessRefusals.Forbidden(right);
        journal.Record(caller.Actor, "access.refused", details: new { right, refusal.Code });
        await db.SaveChangesAsync(cancel);
        return refusal;
    }

    /// <summary>For acts that read personal data: the right, and the purpose it is used for.</summary>
    /// <param name="purposeCode">As the request gave it; null falls back to the caller's default.</param>
    public async Task<Result<Purpose>> CheckAsync(Caller caller, Right right, string? purposeCode, CancellationToken cancel)
    {
        if (await CheckAsync(caller, right, cancel) is { } forbidden) return forbidden;
        string? code = string.IsNullOrWhiteSpace(purposeCode) ? caller.DefaultPurpose : purposeCode.Trim();
        if (code is null) return AccessRefusals.PurposeMissing;
        return Purposes.Find(code) is { } purpose ? purpose : AccessRefusals.PurposeUnknown;
    }
}
