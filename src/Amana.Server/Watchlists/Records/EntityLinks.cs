using System.Collections.Frozen;
using Amana.Lists;

namespace Amana.Server.Watchlists;

/// <summary>A property of FollowTheMoney that holds the id of another entity, and how that other one calls the way back.</summary>
/// <param name="Schema">What has the property, with all kinds of it.</param>
/// <param name="Range">What stands at the other end.</param>
/// <param name="Reverse">The way back, as yente serves it; it is never written in a list.</param>
public sealed record EntityLink(string Schema, string Property, string Range, string Reverse);

/// <summary>Which properties lead from an entity to another of its list.</summary>
/// <remarks>Source: https://followthemoney.tech/explorer/ (properties of type entity with their reverse, read 2026-11). Relations
/// between two others, such as ownerships, are not among them: lists carry them as values of the entity.</remarks>
public static class EntityLinks
{
    public static IReadOnlyList<EntityLink> All { get; } =
    [
        new("Thing", "addressEntity", "Address", "things"),
        new("Thing", "proof", "Document", "proven"),
        new("LegalEntity", "parent", "LegalEntity", "subsidiaries"),
        new("LegalEntity", "subsidiaries", "LegalEntity", "parent"),
        new("LegalEntity", "passport", "Passport", "holder"),
        new("Identification", "holder", "LegalEntity", "identification"),
        new("Vehicle", "owner", "LegalEntity", "ownedVehicles"),
        new("Vehicle", "operator", "LegalEntity", "operatedVehicles"),
        new("Security", "issuer", "LegalEntity", "securities"),
        new("CryptoWallet", "holder", "LegalEntity", "cryptoWallets"),
    ];

    private static readonly FrozenSet<string> Properties = All.Select(l => l.Property).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All that stands in such a property, each once, whether the list has an entity of that id or not.</summary>
    internal static IReadOnlyList<string> NamedBy(ListedEntity entity)
    {
        List<string>? named = null;
        foreach (var (property, values) in entity.Properties)
        {
            if (Properties.Contains(property)) (named ??= []).AddRange(values.Where(IsId));
        }
        return named is null ? [] : [.. named.Distinct(StringComparer.Ordinal)];
    }

    private static bool IsId(string text) => text.Length <= StoredEntity.IdCharsMax && !text.Contains('\n', StringComparison.Ordinal);
}
