using System.Text;

namespace Amana.Lists.Tests;

public sealed class ListedEntityJsonTests
{
    internal static string Shape(ListedEntity e) => string.Join('\u001e', e.Id, e.Schema, e.Caption, e.Target, e.FirstSeen, e.LastSeen, e.LastChange,
        string.Join('\u001f', e.Referents),
        string.Join('\u001d', e.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + "=" + string.Join('\u001f', p.Value))));

    [Fact]
    public void What_is_written_as_FollowTheMoney_reads_back_as_the_same_entity()
    {
        var (entities, _) = Shared.ReadAll("un-sc", null, null, Shared.RealFile("un-consolidated/consolidated.xml.gz"));
        byte[] lines = [.. entities.SelectMany(e => (byte[])[.. ListedEntityJson.ToFollowTheMoney(e, "un-sc"), (byte)'\n'])];
        var (again, rejected) = Shared.ReadAll("un-sc", null, null, Shared.Made("x.ftm.json", lines));
        rejected.ShouldBeEmpty();
        again.Select(Shape).ShouldBe(entities.Select(Shape));
    }

    [Fact]
    public void Arabic_letters_are_written_as_letters()
    {
        var entity = Shared.ReadAll(Shared.Made("a.ndjson", "{\"id\":\"X\",\"names\":[\"محمد\"]}")).Entities.Single();
        Encoding.UTF8.GetString(ListedEntityJson.ToFollowTheMoney(entity, "t")).ShouldBe(
            "{\"id\":\"X\",\"caption\":\"محمد\",\"schema\":\"Person\",\"properties\":{\"name\":[\"محمد\"]},\"datasets\":[\"t\"],\"referents\":[],\"target\":true,\"first_seen\":null,\"last_seen\":null,\"last_change\":null}");
    }
}
