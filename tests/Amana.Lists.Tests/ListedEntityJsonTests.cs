using System.Text;
using CsCheck;

namespace Amana.Lists.Tests;

public sealed class ListedEntityJsonTests
{
    private static readonly string[] Own = ["alias", "birthDate", "notes", "ownProperty"];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Const("محمد علي"), Gen.Const("Ольга \"Ола\" Petrov\\"), Gen.Const("李小龍 𠮷"), Gen.String[1, 30].Where(s => IsWhole(s)));

    private static readonly Gen<DateTimeOffset?> Instants = Gen.Int[0, 4_000_000].Select(
        n => n % 3 == 0 ? (DateTimeOffset?)null : DateTimeOffset.UnixEpoch.AddMinutes(n));

    private static readonly Gen<ListedEntity> Entities =
        from id in Texts
        from caption in Texts
        from names in Texts.Array[1, 4]
        from own in Gen.Select(Gen.Int[0, 3].Select(i => Own[i]), Texts.Array[0, 3]).Array[0, 4]
        from referents in Texts.Array[0, 3]
        from target in Gen.Bool
        from seen in Gen.Select(Instants, Instants, Instants)
        select new ListedEntity
        {
            Id = id,
            Schema = "Person",
            Caption = caption,
            Properties = own.DistinctBy(p => p.Item1).Append(("name", names))
                .ToDictionary(p => p.Item1, p => (IReadOnlyList<string>)p.Item2, StringComparer.Ordinal),
            Referents = referents,
            Target = target,
            FirstSeen = seen.Item1,
            LastSeen = seen.Item2,
            LastChange = seen.Item3,
        };

    private static bool IsWhole(string s) => s.EnumerateRunes().All(r => r.Value != 0xFFFD) && !s.Contains('\0', StringComparison.Ordinal);

    private static string Shape(ListedEntity e) => string.Join('\u001e', e.Id, e.Schema, e.Caption, e.Target, e.FirstSeen, e.LastSeen, e.LastChange,
        string.Join('\u001f', e.Referents),
        string.Join('\u001d', e.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + "=" + string.Join('\u001f', p.Value))));

    [Fact]
    public void What_is_stored_comes_back_the_same() =>
        Entities.Sample(e => Shape(ListedEntityJson.FromStored(ListedEntityJson.ToStored(e))) == Shape(e), iter: 2_000);

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
        Encoding.UTF8.GetString(ListedEntityJson.ToStored(entity)).ShouldContain("محمد");
        Encoding.UTF8.GetString(ListedEntityJson.ToFollowTheMoney(entity, "t")).ShouldBe(
            "{\"id\":\"X\",\"caption\":\"محمد\",\"schema\":\"Person\",\"properties\":{\"name\":[\"محمد\"]},\"datasets\":[\"t\"],\"referents\":[],\"target\":true,\"first_seen\":null,\"last_seen\":null,\"last_change\":null}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"i\":\"X\"}")]
    [InlineData("{\"i\":\"X\",\"s\":\"Person\",\"c\":\"A\",\"p\":{\"name\":[7]}}")]
    public void Bytes_that_are_no_stored_entity_are_refused(string stored) =>
        Should.Throw<FormatException>(() => ListedEntityJson.FromStored(Encoding.UTF8.GetBytes(stored)));
}
