namespace Amana.Server.Witness;

/// <summary>A bureau that is shown every checkpoint of this journal and signs it when it grew from the one that it saw before.</summary>
internal sealed class OurWitness
{
    /// <summary>Verifier key of its co-signatures, <c>name+id+key</c>, algorithm 0x04.</summary>
    public required string Key { get; init; }
    /// <summary>The bureau's, for people.</summary>
    public required string Name { get; init; }
    /// <summary>Where it takes checkpoints: <c>https://bureau.example/witness</c>.</summary>
    public required string Address { get; init; }
    /// <summary>Code of the bureau of the directory that is asked over the exchange; null: it is reached at <see cref="Address"/>.</summary>
    public string? Bureau { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    /// <summary>Entries under the last checkpoint that it signed.</summary>
    public long Size { get; set; }
    /// <summary>When it says it saw that one.</summary>
    public DateTimeOffset? SeenAt { get; set; }
    /// <summary>Since when it has not signed, and why: <c>away</c>, <c>asked</c> (its people have yet to agree), <c>refused</c>, <c>ahead</c>, <c>signature</c>; null while it does.</summary>
    public DateTimeOffset? FaultSince { get; set; }
    public string? Fault { get; set; }

    public void Signed(long size, DateTimeOffset at) => (Size, SeenAt, Fault, FaultSince) = (size, at, null, null);

    /// <returns>Whether this is news.</returns>
    public bool Failed(string fault, DateTimeOffset now)
    {
        if (Fault == fault) return false;
        (Fault, FaultSince) = (fault, now);
        return true;
    }
}
