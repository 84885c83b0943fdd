using System.IO.Compression;
using System.Text;

namespace Amana.Lists.Tests;

/// <summary>Files that somebody made to break the reader, or that a bad connection made.</summary>
public sealed class HostileFilesTests
{
    private const string Good = "{\"id\":\"G1\",\"schema\":\"Person\",\"names\":[\"Good Person\"]}\n";

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return packed.ToArray();
    }

    private static byte[] ManyRows(int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.Append("{\"id\":\"").Append(i).Append("\",\"names\":[\"Person ").Append(i * 7919).Append("\"]}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    [Fact]
    public void First_bytes_that_are_no_letters_refuse_an_XML_file_as_others_do()
    {
        byte[] wrong = [0xEF, 0xBB, 0xBF, .. Enumerable.Repeat((byte)0xBF, 5000)];
        var refused = Should.Throw<ListFileException>(() => ListReader.Read(
            new() { List = "un", Files = [Shared.Made("un.xml", wrong)], Format = ListFormat.UnXml }, TestContext.Current.CancellationToken).Count());
        refused.Code.ShouldBe(ListCodes.XmlBroken);
    }

    [Fact]
    public void Gzip_in_several_members_is_read_to_its_end()
    {
        byte[] rows = ManyRows(30_000);
        int half = rows.AsSpan(0, rows.Length / 2).LastIndexOf((byte)'\n') + 1;
        byte[] packed = [.. Gzip(rows[..half]), .. Gzip(rows[half..])];
        Shared.ReadAll(Shared.Made("a.ndjson.gz", packed)).Entities.Count.ShouldBe(30_000);
    }

    [Fact]
    public void Gzip_that_breaks_off_anywhere_refuses_the_file()
    {
        byte[] packed = Gzip(ManyRows(5_000));
        foreach (int cut in (int[])[1, 2, 4, 5, 8, 9, 100, packed.Length / 2, packed.Length - 20])
        {
            Shared.Refusal(Shared.Made("a.ndjson.gz", packed[..^cut])).Code.ShouldBe(ListCodes.GzipBroken, $"cut {cut}");
        }
    }

    [Fact]
    public void Gzip_with_a_changed_byte_refuses_the_file()
    {
        byte[] packed = Gzip(ManyRows(5_000));
        foreach (int at in (int[])[packed.Length / 3, packed.Length / 2, packed.Length - 6, packed.Length - 2])
        {
            byte[] changed = [.. packed];
            changed[at] ^= 0x55;
            Shared.Refusal(Shared.Made("a.ndjson.gz", changed)).Code.ShouldBe(ListCodes.GzipBroken, $"byte {at}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n\n")]
    public void An_empty_file_is_refused(string content) => Shared.Refusal(Shared.Made("a.ndjson", content)).Code.ShouldBe(ListCodes.Empty);

    [Fact]
    public void Gzip_of_nothing_is_refused_as_empty() => Shared.Refusal(Shared.Made("a.ndjson.gz", Gzip([]))).Code.ShouldBe(ListCodes.Empty);

    [Fact]
    public void XML_that_breaks_off_refuses_the_file_with_its_line()
    {
        var e = Shared.Refusal(Shared.Made("un.xml", "<CONSOLIDATED_LIST>\n<INDIVIDUALS>\n<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME></INDIVIDUAL>\n<INDIVIDUAL><DATA"));
        e.Code.ShouldBe(ListCodes.XmlBroken);
        e.Line.ShouldBe(4);
    }

    [Theory]
    [InlineData("<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>", "&b;")]
    [InlineData("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>", "&x;")]
    [InlineData("<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\">", "A")]
    public void XML_with_a_document_type_is_refused(string type, string name)
    {
        string xml = $"<?xml version=\"1.0\"?>{type}<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>{name}</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>";
        Shared.Refusal(Shared.Made("un.xml", xml)).Code.ShouldBe(ListCodes.XmlForbidden);
    }

    [Fact]
    public void XML_nested_without_end_is_refused()
    {
        string xml = "<CONSOLIDATED_LIST>" + string.Concat(Enumerable.Repeat("<a>", 100_000));
        Shared.Refusal(Shared.Made("un.xml", xml)).Code.ShouldBe(ListCodes.XmlForbidden);
    }

    [Fact]
    public void XML_of_another_kind_is_refused() =>
        Shared.Refusal(Shared.Made("x.xml", "<feed><entry/></feed>")).Code.ShouldBe(ListCodes.UnknownLayout);

    [Theory]
    [InlineData("list.json-too-deep", "{\"id\":\"X\",\"names\":DEEP}")]
    [InlineData("list.json", "{\"id\":\"X\",\"names\":[\"A\"]")]
    [InlineData("list.json", "not json at all")]
    [InlineData("list.json", "[1,2]")]
    [InlineData("list.json", "{\"id\":\"X\",\"names\":[\"A\"]} trailing")]
    [InlineData("list.nul", "{\"id\":\"X\",\"names\":[\"A\u0000\"]}")]
    [InlineData("list.nul", "{\"id\":\"X\",\"names\":[\"A\\u0000B\"]}")]
    [InlineData("list.broken-surrogate", "{\"id\":\"X\",\"names\":[\"A\\ud800B\"]}")]
    [InlineData("list.name-too-long", "{\"id\":\"X\",\"names\":[\"LONG\"]}")]
    [InlineData("list.no-name", "{\"id\":\"X\",\"names\":[\"\"]}")]
    [InlineData("list.no-name", "{\"id\":\"X\",\"names\":[]}")]
    [InlineData("list.no-id", "{\"names\":[\"A\"]}")]
    [InlineData("list.bad-id", "{\"id\":\"X\\n\",\"names\":[\"A\"]}")]
    [InlineData("list.bad-schema", "{\"id\":\"X\",\"schema\":\"<b>\",\"names\":[\"A\"]}")]
    [InlineData("list.duplicate-id", "{\"id\":\"G1\",\"names\":[\"A\"]}")]
    public void A_bad_row_is_set_aside_with_its_line_and_reason_and_the_rest_goes_on(string code, string row)
    {
        row = row.Replace("DEEP", new string('[', 10_000) + new string(']', 10_000), StringComparison.Ordinal)
            .Replace("LONG", new string('a', 100_000), StringComparison.Ordinal);
        var (entities, rejected) = Shared.ReadAll(Shared.Made("a.ndjson", Good + row + "\n" + Good.Replace("G1", "G2", StringComparison.Ordinal)));
        entities.Select(e => e.Id).ShouldBe(["G1", "G2"]);
        var set = rejected.ShouldHaveSingleItem();
        (set.Code, set.Line, set.File, set.RestTaken).ShouldBe((code, 2L, "a.ndjson", false));
        set.Reason.ShouldNotBeNullOrWhiteSpace();
        set.Excerpt.Length.ShouldBeLessThanOrEqualTo(500);
    }

    [Theory]
    [InlineData("list.nul", "\"A\\u0000B\"", "names")]
    [InlineData("list.broken-surrogate", "\"A\\udc00\"", "names")]
    [InlineData("list.name-too-long", "\"LONG\"", "names")]
    [InlineData("list.wrong-type", "[\"nested\"]", "names")]
    [InlineData("list.impossible-date", "\"31.02.1980\"", "dob")]
    [InlineData("list.impossible-date", "\"1980-02-31\"", "dob")]
    [InlineData("list.unknown-country", "\"Atlantis\"", "countries")]
    [InlineData("list.unknown-sex", "\"perhaps\"", "gender")]
    public void A_bad_value_costs_only_itself_when_a_name_remains(string code, string value, string field)
    {
        value = value.Replace("LONG", new string('a', 100_000), StringComparison.Ordinal);
        string row = field == "names"
            ? $"{{\"id\":\"X\",\"names\":[\"Kept Name\",{value}]}}"
            : $"{{\"id\":\"X\",\"names\":[\"Kept Name\"],\"{field}\":{value}}}";
        var (entities, rejected) = Shared.ReadAll(Shared.Made("a.ndjson", row));
        var entity = entities.ShouldHaveSingleItem();
        entity["name"].Concat(entity["alias"]).ShouldBe(["Kept Name"]);
        entity["birthDate"].Concat(entity["country"]).Concat(entity["gender"]).ShouldBeEmpty();
        var set = rejected.ShouldHaveSingleItem();
        set.Code.ShouldBe(code);
        set.RestTaken.ShouldBeTrue();
        set.Column.ShouldNotBeNull();
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_cost_only_their_value()
    {
        byte[] row = [.. "{\"id\":\"X\",\"names\":[\"Kept\",\"b"u8, 0xC3, 0x28, .. "\"]}\n"u8];
        var (entities, rejected) = Shared.ReadAll(Shared.Made("a.ndjson", row));
        entities.ShouldHaveSingleItem()["name"].ShouldBe(["Kept"]);
        rejected.ShouldHaveSingleItem().Code.ShouldBe(ListCodes.InvalidUtf8);
    }

    [Fact]
    public void Controls_that_turn_the_reading_direction_are_noted_and_kept_out_of_the_name()
    {
        var (entities, rejected) = Shared.ReadAll(Shared.Made("a.ndjson", "{\"id\":\"X\",\"names\":[\"Anna \\u202Enosskire\\u202C Maria\"]}"));
        entities.ShouldHaveSingleItem().Caption.ShouldBe("Anna nosskire Maria");
        var note = rejected.ShouldHaveSingleItem();
        note.Code.ShouldBe(ListCodes.BidiControl);
        note.RestTaken.ShouldBeTrue();
        note.Excerpt.ShouldContain("\\u202e");
    }

    [Fact]
    public void A_line_of_two_gibibytes_is_set_aside_without_being_held()
    {
        var file = new ListFile("big.ndjson", () => new LongLine(Encoding.UTF8.GetBytes(Good), 2L << 30), null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var (entities, rejected) = Shared.ReadAll(file);
        entities.Select(e => e.Id).ShouldBe(["G1"]);
        rejected.Select(r => (r.Line, r.Code)).ShouldBe([(2L, ListCodes.RowTooLong), (3L, ListCodes.DuplicateId)]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200L << 20);
    }

    [Fact]
    public void A_byte_order_mark_before_JSON_is_no_harm() =>
        Shared.ReadAll(Shared.Made("a.ndjson", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)])).Entities.Count.ShouldBe(1);

    [Fact]
    public void UTF_16_with_a_mark_is_read_and_without_one_refused()
    {
        Shared.ReadAll(Shared.Made("a.ndjson", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Good)])).Entities.Count.ShouldBe(1);
        Shared.Refusal(Shared.Made("a.ndjson", Encoding.Unicode.GetBytes(Good))).Code.ShouldBe(ListCodes.Encoding);
    }

    [Fact]
    public void Files_of_two_layouts_are_not_one_list() =>
        Shared.Refusal(Shared.Made("a.ndjson", Good), Shared.Made("b.xml", "<CONSOLIDATED_LIST/>")).Code.ShouldBe(ListCodes.MixedLayouts);

    [Fact]
    public void Reading_stops_when_asked_to()
    {
        using var stop = new CancellationTokenSource();
        var reading = new ListReading { List = "t", Files = [Shared.Made("a.ndjson", ManyRows(50_000))] };
        Should.Throw<OperationCanceledException>(() =>
        {
            int n = 0;
            foreach (var _ in ListReader.Read(reading, stop.Token))
                if (++n == 10) stop.Cancel();
        });
    }

    /// <summary>A good row, one endless line, and the good row again.</summary>
    private sealed class LongLine(byte[] row, long length) : Stream
    {
        private long _at;
        private long Total => row.Length + length + 1 + row.Length;

        public override int Read(Span<byte> buffer)
        {
            int n = (int)Math.Min(buffer.Length, Total - _at);
            if (n == 0) return 0;
            if (_at >= row.Length && _at + n <= row.Length + length) buffer[..n].Fill((byte)'x');
            else
                for (int i = 0; i < n; i++) buffer[i] = At(_at + i);
            _at += n;
            return n;
        }

        private byte At(long i) => i < row.Length ? row[i]
            : i < row.Length + length ? (byte)'x'
            : i == row.Length + length ? (byte)'\n' : row[i - row.Length - length - 1];

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _at; set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
