using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

/// <summary>Who may use whom inside an assembly of modules: only those above, and of them only what is public.</summary>
/// <param name="Root">The namespace that the modules lie in.</param>
/// <param name="Order">The modules' names, in order; the first stands on none.</param>
internal sealed record ModuleRules(string Root, IReadOnlyList<string> Order)
{
    public IEnumerable<string> Breaches(Built built) => built.Uses().Select(BreachOf).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    public string? ModuleOf(TypeName type)
    {
        if (!type.Namespace.StartsWith(Root + ".", StringComparison.Ordinal)) return null;
        string first = type.Namespace[(Root.Length + 1)..].Split('.')[0];
        return Order.Contains(first) ? first : null;
    }

    private string? BreachOf(Use use)
    {
        if (ModuleOf(use.From) is not { } from || ModuleOf(use.To) is not { } to || from == to) return null;
        string used = use.Member is null ? use.To.ToString() : $"{use.To}.{use.Member}";
        if (Place(to) > Place(from)) return $"{use.From}.{use.FromMethod} uses {used}, of a module below its own";
        return use.IsPublic ? null : $"{use.From}.{use.FromMethod} uses {used}, which is not public";
    }

    private int Place(string module) => Order.Index().First(m => m.Item == module).Index;
}
