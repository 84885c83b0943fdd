using System.Buffers;
using System.Text;
using CsCheck;

namespace Amana.Lists.Tests;

public sealed class EntityBodyTests
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

    [Fact]
    public void What_is_stored_comes_back_the_same() =>
        Entities.Sample(e => ListedEntityJsonTests.Shape(EntityBody.Read(e.Id, Stored(e).Body, e.LastSeen)) == ListedEntityJsonTests.Shape(e), iter: 2_000);

    [Fact]
    public void The_order_of_properties_and_the_last_sight_are_no_change_and_all_else_is()
    {
        var entity = Anna(("name", ["SPECIMEN Anna"]), ("country", ["fr"]));
        var turned = Anna(("country", ["fr"]), ("name", ["SPECIMEN Anna"]));
        byte[] hash = Stored(entity).Hash;
        Stored(turned).Hash.ShouldBe(hash);
        Stored(entity with { LastSeen = DateTimeOffset.UnixEpoch }).Hash.ShouldBe(hash);
        Stored(entity with { LastChange = DateTimeOffset.UnixEpoch }).Hash.ShouldNotBe(hash);
        Stored(entity with { Target = false }).Hash.ShouldNotBe(hash);
        Stored(entity with { Referents = ["Q-0"] }).Hash.ShouldNotBe(hash);
        Stored(Anna(("name", ["SPECIMEN Anna"]), ("country", ["fr", "de"]))).Hash.ShouldNotBe(hash);
    }

    [Fact]
    public void Arabic_letters_are_stored_as_letters() =>
        Encoding.UTF8.GetString(Stored(Anna(("name", ["محمد"]))).Body).ShouldContain("محمد");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"s\":\"Person\"}")]
    [InlineData("{\"s\":\"Person\",\"c\":\"A\",\"x\":1}")]
    [InlineData("{\"s\":\"Person\",\"c\":\"A\",\"p\":{\"name\":[7]}}")]
    public void Bytes_that_are_no_stored_entity_are_refused(string stored) =>
        Should.Throw<FormatException>(() => EntityBody.Read("X", Encoding.UTF8.GetBytes(stored)));

    private static ListedEntity Anna(params (string Name, string[] Values)[] properties) => new()
    {
        Id = "Q-1", Schema = "Person", Caption = "SPECIMEN Anna",
        Properties = properties.ToDictionary(p => p.Name, p => (IReadOnlyList<string>)p.Values, StringComparer.Ordinal),
    };

    internal static (byte[] Body, byte[] Hash) Stored(ListedEntity entity)
    {
        var into = new ArrayBufferWriter<byte>();
        byte[] hash = EntityBody.Write(entity, into);
        return (into.WrittenSpan.ToArray(), hash);
    }
}
