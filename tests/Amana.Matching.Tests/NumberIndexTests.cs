using Amana.Matching.Fields;
using Amana.Matching.Numbers;
using CsCheck;

namespace Amana.Matching.Tests;

public sealed class NumberIndexTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amana-numbers").FullName;

    private static readonly Gen<string> Number = Gen.Char["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"].Array[5, 17].Select(c => new string(c));

    private string File => Path.Combine(_folder, "numbers.amana");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private NumberIndex Written(params (int Group, string Number, string? Issuer)[] numbers)
    {
        NumberIndex.Write(File, () => numbers.Select((n, i) => new NumberEntry(NumberKey.Of(n.Group, n.Number, n.Issuer), (uint)i + 1)), through: 77, TestContext.Current.CancellationToken);
        return NumberIndex.Open(File);
    }

    private static List<uint> Find(NumberIndex index, int group, string number, string? issuer)
    {
        var found = new List<uint>();
        index.Find(NumberKey.Of(group, number, issuer), found);
        return found;
    }

    [Fact]
    public void A_number_is_found_by_itself_and_by_what_looks_like_it()
    {
        using var index = Written((1, "L898902C3", "UTO"), (1, "L898902C3", "QVL"), (2, "L898902C3", null), (1, "O0I1S5B8Z2", "UTO"));
        (index.Count, index.Through).ShouldBe((4, 77ul));
        Find(index, 1, "L898902C3", "UTO").ShouldBe([1u]);
        Find(index, 1, "1898902C3", "UTO").ShouldBe([1u]);
        Find(index, 1, "L898902C3", null).ShouldBe([1u, 2u], ignoreOrder: true);
        Find(index, 2, "L898902C3", null).ShouldBe([3u]);
        Find(index, 1, "0O1I5S8B2Z", "UTO").ShouldBe([4u]);
        Find(index, 1, "L898902C4", "UTO").ShouldBeEmpty();
        Find(index, 1, "L898902C", "UTO").ShouldBeEmpty();
    }

    /// <summary>All that are one off, and nothing else: held to the definition of the field.</summary>
    [Fact]
    public void Keys_of_one_off_are_those_that_the_agreement_of_numbers_calls_so() => Gen.Select(Number, Gen.Int[0, 39], Gen.Char["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"], Gen.Int[0, 4]).Sample((number, at, c, kind) =>
    {
        at %= number.Length;
        string other = kind switch
        {
            0 => number[..at] + c + number[(at + 1)..],
            1 => number.Remove(at, 1),
            2 => number.Insert(at, c.ToString()),
            3 when at + 1 < number.Length => number[..at] + number[at + 1] + number[at] + number[(at + 2)..],
            _ => number + c + c,
        };
        var hashes = new OneOff().Of(3, number).ToArray();
        var agreement = DocumentNumber.Parse(Plain(number), null).Compare(DocumentNumber.Parse(Plain(other), null));
        bool isOneOff = Math.Abs(number.Length - other.Length) <= 1 && Plain(number) != Plain(other) && number.Length >= OneOff.CharsMin;
        hashes.Contains(NumberKey.Of(3, other, null).Hash).ShouldBe(isOneOff, $"{number} {other}");
        if (isOneOff && other.Length >= 5) agreement.ShouldBeOneOf(NumberAgreement.OneOff, NumberAgreement.SameButCheckDigit);
        hashes.ShouldNotContain(NumberKey.Of(3, number, null).Hash);
        hashes.Distinct().Count().ShouldBe(hashes.Length);
    }, iter: 2_000);

    [Fact]
    public void Many_numbers_are_all_found_and_strangers_hardly_ever_met()
    {
        const int count = 200_000;
        using var index = Written([.. Enumerable.Range(0, count).Select(i => (1, $"P{i * 7919L % 100_000_000:D8}", (string?)"UTO"))]);
        for (int i = 0; i < count; i += 97) Find(index, 1, $"P{i * 7919L % 100_000_000:D8}", "UTO").ShouldContain((uint)i + 1);
        Enumerable.Range(0, count).Sum(i => Find(index, 1, $"X{i:D8}Y", "UTO").Count).ShouldBe(0);
        var near = new List<uint>();
        index.FindAny(new OneOff().Of(1, "P0000791"), NumberKey.TagOf("UTO"), near);
        near.ShouldContain(2u); // P00007919
    }

    [Fact]
    public void A_file_that_is_cut_or_changed_is_refused()
    {
        Written((1, "L898902C3", "UTO"), (1, "SPEC00042", "UTO")).Dispose();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        foreach (int length in (int[])[0, 63, 64, 1000, whole.Length - 1])
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Should.Throw<IndexFileException>(() => NumberIndex.Open(File));
        }
        foreach (int at in (int[])[0, 8, 16, 24, 70, whole.Length - 1])
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            System.IO.File.WriteAllBytes(File, changed);
            Should.Throw<IndexFileException>(() => NumberIndex.Open(File));
        }
    }

    [Fact]
    public void An_empty_index_finds_nothing()
    {
        using var index = Written();
        Find(index, 1, "L898902C3", null).ShouldBeEmpty();
    }

    /// <summary>Examples of 49 CFR 565.15 and of registers of ships; the third has a letter that such numbers never have.</summary>
    [Theory]
    [InlineData("1M8GDM9AXKP042788", true)]
    [InlineData("1M8GDM9A1KP042788", false)]
    [InlineData("1M8GDM9AXKPO42788", null)]
    [InlineData("11111111111111111", true)]
    [InlineData("1111", null)]
    public void The_check_digit_of_a_chassis_number(string number, bool? expected) => VehicleNumber.ChecksOut(number).ShouldBe(expected);

    [Theory]
    [InlineData("9074729", true)]
    [InlineData("9074728", false)]
    [InlineData("907472", null)]
    public void The_check_digit_of_a_ship_number(string number, bool? expected) => ShipNumber.ChecksOut(number).ShouldBe(expected);

    private static string Plain(string number) => DocumentNumber.Parse(number, null).Confusable;
}
