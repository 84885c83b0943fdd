using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Names of people and tokens by the keys under which the journal knows them, for modules that show who did something.</summary>
public sealed class KnownPeople(AmanaDb db)
{
    /// <summary>Display names of people and names of tokens; the server itself has none.</summary>
    public Task<Dictionary<string, string>> NamesAsync(IReadOnlyCollection<string> keys, CancellationToken cancel) => db.NamesOfAsync(keys, cancel);

    /// <summary>Everybody who has an account that is not closed.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EverybodyAsync(CancellationToken cancel) =>
        await db.Set<Person>().Where(p => p.ClosedAt == null).ToDictionaryAsync(p => $"person:{p.Id}", p => p.DisplayName, StringComparer.Ordinal, cancel);
}
