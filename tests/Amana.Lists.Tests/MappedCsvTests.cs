using System.Text;

namespace Amana.Lists.Tests;

public sealed class MappedCsvTests
{
    private static readonly ColumnMapping Mapping = ColumnMappings.Parse("""
        {"columns":{"id":"No","name":["Full name","Other name"],"birthDate":"Born","nationality":"Nat","schema":"Kind"},
         "defaultSchema":"Person","delimiter":";","valueSeparator":"|"}
        """u8, "m.json");

    private static (List<ListedEntity> Entities, List<RejectedRow> Rejected) Read(byte[] content) =>
        Shared.ReadAll("own", null, Mapping, Shared.Made("own.csv", content));

    [Fact]
    public void Columns_become_properties_and_numbered_rows_carry_the_lists_name()
    {
        var (entities, rejected) = Read("No;Full name;Other name;Born;Nat;Kind\n7;Anna Eriksson;Anna Maria|A. M.;1974-08-12;SE|FR;\nX-8;Utopia Ltd;;;;Company\n"u8.ToArray());
        rejected.ShouldBeEmpty();
        entities.Select(e => e.Id).ShouldBe(["own-7", "X-8"]);
        entities[0]["name"].ShouldBe(["Anna Eriksson", "Anna Maria", "A. M."]);
        entities[0]["nationality"].ShouldBe(["se", "fr"]);
        entities[1].Schema.ShouldBe("Company");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_byte_order_mark_is_obeyed(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] content = [.. encoding.GetPreamble(), .. encoding.GetBytes("No;Full name;Other name;Born;Nat;Kind\r\n7;عمر;;;;\r\n")];
        Read(content).Entities.ShouldHaveSingleItem().Caption.ShouldBe("عمر");
    }

    [Fact]
    public void UTF_16_without_a_mark_is_refused_as_a_file()
    {
        Should.Throw<ListFileException>(() => Read(Encoding.Unicode.GetBytes("No;Full name\n7;A\n"))).Code.ShouldBe(ListCodes.Encoding);
    }

    [Fact]
    public void A_mapped_column_that_the_file_lacks_refuses_the_file_and_names_it()
    {
        var e = Should.Throw<ListFileException>(() => Read("No;Full name\n7;A\n"u8.ToArray()));
        e.Code.ShouldBe(ListCodes.NoColumn);
        e.Message.ShouldContain("Other name");
    }

    [Fact]
    public void A_lone_quote_costs_its_own_row_only()
    {
        var (entities, rejected) = Read("No;Full name;Other name;Born;Nat;Kind\n1;A;;;;\n2;\"B;;;;\n3;C;;;;\n4;\"D\";;;;\n5;E\"e;;;;\n6;F;;;;\n"u8.ToArray());
        entities.Select(e => e.Caption).ShouldBe(["A", "C", "D", "F"]);
        rejected.Select(r => (r.Line, r.Code)).ShouldBe([(3, ListCodes.CsvQuote), (6, ListCodes.CsvQuote)]);
    }

    [Fact]
    public void A_cell_in_quotes_may_hold_quotes_delimiters_and_line_ends()
    {
        var (entities, rejected) = Read("No;Full name;Other name;Born;Nat;Kind\r\n1;\"A \"\"The\nBig\"\"; One\";;;;\r\n2;B;;;;\r\n"u8.ToArray());
        rejected.ShouldBeEmpty();
        entities.Select(e => e.Caption).ShouldBe(["A \"The Big\"; One", "B"]);
    }

    [Fact]
    public void NUL_bytes_and_bytes_that_are_no_UTF_8_cost_their_own_row_only()
    {
        byte[] content = [.. "No;Full name;Other name;Born;Nat;Kind\n1;A\0B;;;;\n2;"u8, 0xE9, .. "mile;;;;\n3;C;;;;\n"u8];
        var (entities, rejected) = Read(content);
        entities.ShouldHaveSingleItem().Caption.ShouldBe("C");
        rejected.Select(r => (r.Line, r.Code)).ShouldBe([(2, ListCodes.Nul), (3, ListCodes.InvalidUtf8)]);
    }

    [Fact]
    public void A_row_with_too_few_or_too_many_cells_is_set_aside()
    {
        var (entities, rejected) = Read("No;Full name;Other name;Born;Nat;Kind\n1;A\n2;B;;;;;;\n3;C;;;;\n"u8.ToArray());
        entities.ShouldHaveSingleItem().Id.ShouldBe("own-3");
        rejected.ShouldAllBe(r => r.Code == ListCodes.CsvFields);
    }

    [Fact]
    public void A_table_that_speaks_for_itself_needs_no_mapping()
    {
        var (entities, _) = Shared.ReadAll("own", null, null,
            Shared.Made("targets.simple.csv", "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\"\n\"Q1\",\"Person\",\"Anna\",\"Ann;Annie\",\"1974\",\"se;fr\"\n"));
        entities.ShouldHaveSingleItem()["alias"].ShouldBe(["Ann", "Annie"]);
        entities[0]["country"].ShouldBe(["se", "fr"]);
    }

    [Fact]
    public void A_table_that_does_not_is_refused_without_a_mapping()
    {
        Shared.Refusal(Shared.Made("x.csv", "No;Full\n1;A\n")).Code.ShouldBe(ListCodes.MappingMissing);
    }

    [Theory]
    [InlineData("[]", "JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{}", "columns is missing")]
    [InlineData("""{"columns":{"name":"A"}}""", "No column is mapped to id")]
    [InlineData("""{"columns":{"id":"A"}}""", "No column is mapped to a name")]
    [InlineData("""{"columns":{"id":"A","nmae":"B"}}""", "Unknown property nmae")]
    [InlineData("""{"columns":{"id":"A","name":[]}}""", "no column")]
    [InlineData("""{"columns":{"id":"A","name":7}}""", "column head or a list")]
    [InlineData("""{"columns":{"id":"A","name":"B"},"delimiter":";;"}""", "one character")]
    [InlineData("""{"columns":{"id":"A","name":"B"},"colums":1}""", "Unknown field colums")]
    [InlineData("""{"columns":{"id":"A","name":"B\ud800"}}""", "")]
    public void A_mapping_that_cannot_be_is_refused_with_its_reason(string json, string says)
    {
        var e = Should.Throw<ListFileException>(() => ColumnMappings.Parse(Encoding.UTF8.GetBytes(json), "m.json"));
        e.Code.ShouldBe(ListCodes.MappingInvalid);
        e.Message.ShouldContain(says);
    }
}
