using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

/// <summary>The public service cannot reach the police record: what was not released is not there for it.</summary>
public class PublicStoreTests
{
    private const string Public = "Amana.Server.PublicNotices";
    // The shell of pages knows who is signed in and no record; a test of the shell holds it to that.
    private static readonly string[] Allowed = ["Amana.Server.Foundation", "Amana.Server.Data", "Amana.Server.Web", "Amana.Server.Web.Components", "Amana.Server.Web.Shell", Public, Public + ".Pages"];

    private static bool IsPublic(string space) => space == Public || space.StartsWith(Public + ".", StringComparison.Ordinal);

    [Fact]
    public void The_public_store_uses_no_type_of_another_module()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        var uses = server.Uses().Where(use => IsPublic(use.From.Namespace)).ToList();
        uses.Count.ShouldBeGreaterThan(200, "there is something to check");
        uses.Count(use => use.From.Namespace == Public + ".Pages").ShouldBeGreaterThan(200, "the pages too");
        uses.Where(use => use.To.Namespace.StartsWith("Amana.", StringComparison.Ordinal) && !Allowed.Contains(use.To.Namespace))
            .Select(use => $"{use.From} uses {use.To}").Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void The_public_store_writes_no_statement_by_hand_and_opens_no_connection_of_its_own()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        string[] byHand = ["FromSql", "SqlQuery", "ExecuteSql", "GetDbConnection", "OpenAsync", "CreateCommand"];
        server.Uses().Where(use => IsPublic(use.From.Namespace) && use.Member is { } member && byHand.Any(m => member.StartsWith(m, StringComparison.Ordinal)))
            .Select(use => $"{use.From}.{use.FromMethod} uses {use.Member}").ShouldBeEmpty();
        server.Uses().Where(use => IsPublic(use.From.Namespace) && use.To.ToString() is "Amana.Server.Data.IDatabaseEngine" or "Amana.Server.Data.Statements" && IsPublic(use.From.Namespace)).ShouldBeEmpty();
    }

    /// <summary>A field of the record becomes public in one file only.</summary>
    [Fact]
    public void Only_one_place_makes_a_public_notice_of_a_record()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        server.Uses().Where(use => use.To.ToString() == $"{Public}.ReleasedNotice" && use is { Instruction: "newobj", Member: ".ctor" })
            .Select(use => use.From.ToString()).Where(from => !from.StartsWith(Public, StringComparison.Ordinal)).Distinct().ShouldBe(["Amana.Server.Notices.Extract"]);
    }
}
