using Amana.Server.Notices;

namespace Amana.Server.Tests.Notices;

/// <summary>What is typed becomes a value of the field's kind, or is refused with the field.</summary>
public class NoticeContentTests
{
    [Theory]
    [InlineData("birthDate", "1974-08-12", "1974-08-12")]
    [InlineData("birthDate", "١٩٧٤-٠٨", "1974-08")]
    [InlineData("birthDate", "1974", "1974")]
    [InlineData("warrantIssuedOn", "2026-02-28", "2026-02-28")]
    [InlineData("nationalities", "xa", "XA")]
    [InlineData("penaltyMonths", "0120", "120")]
    [InlineData("sex", "f", "F")]
    [InlineData("relatedNotice", "uto-r-2026-0291", "UTO-R-2026-0291")]
    [InlineData("recipients", "qmr", "QMR")]
    [InlineData("familyName", " Specimen\u0000\u202E\tTab ", "Specimen\u202E Tab")]
    [InlineData("facts", "<script>alert(1)</script>\r\nline", "<script>alert(1)</script>\nline")]
    public void A_value_is_kept_as_its_kind_writes_it(string field, string typed, string kept) =>
        Requests.Read(new(StringComparer.Ordinal) { [field] = typed }).Text(field).ShouldBe(kept);

    [Theory]
    [InlineData("birthDate", "2026-02-31", "notice.field-unreadable")]
    [InlineData("birthDate", "1974-13", "notice.field-unreadable")]
    [InlineData("warrantIssuedOn", "2026-02", "notice.field-unreadable")]
    [InlineData("nationalities", "Utopia", "notice.field-unreadable")]
    [InlineData("penaltyMonths", "-3", "notice.field-unreadable")]
    [InlineData("penaltyMonths", "99999", "notice.field-unreadable")]
    [InlineData("sex", "X", "notice.field-unreadable")]
    [InlineData("relatedNotice", "UTO-Q-2026-0291", "notice.field-unreadable")]
    [InlineData("relatedNotice", "UTO-R-26-1", "notice.field-unreadable")]
    [InlineData("clothing", "coat", "notice.field-unknown")]
    [InlineData("no-such-field", "x", "notice.field-unknown")]
    public void What_cannot_be_read_is_refused_with_the_field(string field, string typed, string code)
    {
        var (_, problems) = NoticeContent.ReadAll(NoticeColour.Red, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [field] = [typed] });
        (problems.ShouldHaveSingleItem().Code, problems[0].Field).ShouldBe((code, field));
    }

    [Fact]
    public void A_field_holds_so_many_values_of_so_many_chars()
    {
        Problem("familyName", [new string('x', 201)]).ShouldBe("notice.field-too-long");
        Problem("familyName", ["a", "b"]).ShouldBe("notice.field-too-many");
        Problem("aliases", [.. Enumerable.Range(0, 101).Select(i => $"alias {i}")]).ShouldBe("notice.field-too-many");
        Problem("aliases", ["a", "b", "a", " "]).ShouldBeNull();

        static string? Problem(string field, string[] typed) =>
            NoticeContent.ReadAll(NoticeColour.Red, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [field] = typed }).Problems is [var first, ..] ? first.Code : null;
    }

    [Fact]
    public void What_is_stored_comes_back_the_same()
    {
        var content = Requests.Read(Requests.Red());
        var back = NoticeContent.FromJson(content.ToJson());
        back.ChangedFrom(content).ShouldBeEmpty();
        back.Caption.ShouldBe("SPECIMEN, Example");
        Requests.Read(Requests.With(Requests.Red(), "forename=Other")).ChangedFrom(content).ShouldBe(["forename"]);
    }

    [Theory]
    [InlineData("UTO-R-2026-0291", true)]
    [InlineData(" uto-u-2026-12345 ", true)]
    [InlineData("UTO-R-٢٠٢٦-٠٢٩١", true)]
    [InlineData("UTO-R-2026-0000", false)]
    [InlineData("UTO-R-2026-291", false)]
    [InlineData("utopia1-R-2026-0291", false)]
    [InlineData("UTO-R-2026-0291-X", false)]
    [InlineData("' OR 1=1 --", false)]
    public void A_reference_is_read_or_refused(string text, bool read) => NoticeReference.TryParse(text, null, out _).ShouldBe(read);
}
