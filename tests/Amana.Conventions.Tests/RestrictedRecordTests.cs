using Amana.Conventions.Tests.Reading;
using Amana.Server.Access.Walls;

namespace Amana.Conventions.Tests;

/// <summary>Records that can be for some only are read through the gate, by every act, page and source of the shell.</summary>
public class RestrictedRecordTests
{
    private static readonly Type[] Restrictable = [.. typeof(Server.Foundation.IModule).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && t.Name != "NamedRecord" && typeof(IRestrictable).IsAssignableFrom(t))];

    [Fact]
    public void There_are_restrictable_records() => Restrictable.ShouldContain(t => t.Name == "Hit");

    [Fact]
    public void Whoever_reads_the_table_of_a_restrictable_record_asks_the_gate()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        var uses = server.Uses().ToList();
        // The property of the tables' class, such as db.Hits, or the set itself.
        var doors = Restrictable.Select(t => $"get_{t.Name}s").ToHashSet(StringComparer.Ordinal);
        var readers = uses.Where(u => u.Member is { } member && doors.Contains(member) && u.To.Name.EndsWith("Tables", StringComparison.Ordinal) && !u.From.Name.EndsWith("Tables", StringComparison.Ordinal))
            .Select(u => u.From).Distinct().ToList();
        readers.Count.ShouldBeGreaterThan(5, "the readers are found at all");
        var asking = uses.Where(u => u is { To: { Namespace: "Amana.Server.Access", Name: "Gate" }, Member: "Reach" or "CheckRecordAsync" }).Select(u => u.From).ToHashSet();
        Exceptions.Of("records-without-wall.txt").Check(readers.Where(r => !asking.Contains(r)).Select(r => r.ToString())).ShouldBeEmpty();
    }

    [Fact]
    public void No_other_class_than_the_tables_takes_the_set_of_a_restrictable_record()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        var names = Restrictable.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        // A generic call names its argument as a use of its own, right after the call.
        var uses = server.Uses().ToList();
        var breaches = new List<string>();
        for (int i = 0; i + 1 < uses.Count; i++)
        {
            if (uses[i] is { Member: "Set" } && uses[i + 1].From == uses[i].From && uses[i + 1].Member is null && names.Contains(uses[i + 1].To.Name)
                && !uses[i].From.Name.EndsWith("Tables", StringComparison.Ordinal)) breaches.Add($"{uses[i].From} takes the set of {uses[i + 1].To.Name}");
        }

        breaches.Distinct().ShouldBeEmpty();
    }
}
