using Amana.Server.Access;
using Amana.Server.Foundation;

namespace Amana.Server.Web.Shell;

/// <summary>The rail of one reader: only what the reader may open, in the order of the modules.</summary>
internal static class Menu
{
    /// <param name="Key">Text key of the head; null for the first group.</param>
    public sealed record Group(string? Key, IReadOnlyList<MenuEntry> Entries);

    private static readonly MenuEntry Desk = new(null, "menu.desk", "/", "layout-dashboard", "");

    /// <summary>Heads of the groups in their order; entries of other groups come last.</summary>
    private static readonly string?[] Order = [null, "menu.group.analysis", "menu.group.oversight", "menu.group.administration"];

    public static IReadOnlyList<Group> For(Caller? caller)
    {
        if (caller is null) return [];
        return
        [
            .. Modules.InOrder.SelectMany(m => m.Menu).Prepend(Desk)
                .Where(e => e.Right.Length == 0 || (Enum.TryParse(e.Right, out Right right) && caller.Has(right)))
                .OrderBy(e => Rank(e.Address))
                .GroupBy(e => e.Group)
                .OrderBy(g => Array.IndexOf(Order, g.Key) is var at && at < 0 ? Order.Length : at)
                .Select(g => new Group(g.Key, [.. g])),
        ];
    }

    /// <summary>Whether the page at <paramref name="path"/> stands under the entry.</summary>
    public static bool IsCurrent(string address, PathString path) =>
        address == "/" ? path == "/" : (path.StartsWithSegments(address, StringComparison.Ordinal) && !HasOwnEntry(address, path))
            || (address == "/admin/people" && (path.StartsWithSegments("/admin/roles", StringComparison.Ordinal) || path.StartsWithSegments("/admin/tokens", StringComparison.Ordinal) || path.StartsWithSegments("/admin/units", StringComparison.Ordinal)));

    // "/audit/emergencies" stands under its own entry and not under "/audit" as well.
    private static bool HasOwnEntry(string address, PathString path) =>
        Modules.InOrder.SelectMany(m => m.Menu).Any(e => e.Address.Length > address.Length && e.Address.StartsWith(address + "/", StringComparison.Ordinal) && path.StartsWithSegments(e.Address, StringComparison.Ordinal));

    // The daily order of work, whatever the order of the modules.
    private static int Rank(string address) => address switch { "/" => 0, "/search" => 1, "/numbers" => 1, "/hits" => 2, "/search/batches" => 3, "/records" => 4, _ => 9 };
}
