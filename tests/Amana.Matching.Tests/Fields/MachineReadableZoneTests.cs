using Amana.Matching.Fields;

namespace Amana.Matching.Tests.Fields;

public class MachineReadableZoneTests
{
    private const string Passport = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    private const string Card = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
    private const string Td2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6";

    [Theory]
    [InlineData(Passport, "L898902C3")]
    [InlineData(Card, "D23145890")]
    [InlineData(Td2, "D23145890")]
    public void The_specimens_of_ICAO_9303_are_read(string text, string number)
    {
        MachineReadableZone.TryRead(text, 2026, out var zone, out var refusal).ShouldBeTrue(refusal?.Reason);
        zone.Number.ShouldBe(number);
        (zone.FamilyName, zone.GivenNames, zone.Nationality, zone.Sex).ShouldBe(("ERIKSSON", "ANNA MARIA", "UTO", Sex.Female));
        zone.BirthDate.ShouldBe(PartialDate.Of(1974, 8, 12));
        zone.ExpiryDate.ShouldBe(PartialDate.Of(2012, 4, 15));
    }

    [Fact]
    public void A_digit_read_wrong_is_refused()
    {
        MachineReadableZone.TryRead(Passport.Replace("7408122", "7408123", StringComparison.Ordinal), 2026, out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(FieldRefusals.ZoneCheckDigit);
    }

    [Theory]
    [InlineData(Passport, 5)]
    [InlineData(Card, 4)]
    [InlineData(Td2, 4)]
    public void Each_check_digit_is_told_by_itself(string zone, int count)
    {
        var checks = MachineReadableZone.ChecksOf(zone);
        checks.Count.ShouldBe(count);
        checks.ShouldAllBe(c => c.Agrees);
        var wrong = MachineReadableZone.ChecksOf(zone.Replace("7408122", "7408127", StringComparison.Ordinal)).Where(c => !c.Agrees).ToList();
        wrong[0].ShouldBe(new ZoneCheck(ZonePart.BirthDate, '7', '2'));
        wrong[^1].Part.ShouldBe(ZonePart.Whole, "it is over the wrong digit as well");
        MachineReadableZone.ChecksOf("no zone").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("P<UTO")]
    public void What_is_no_zone_is_refused(string? text)
    {
        MachineReadableZone.TryRead(text, 2026, out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(FieldRefusals.ZoneNotRead);
    }

    [Theory]
    [InlineData("L898902C3", "L8989O2C3", NumberAgreement.SameButLookalikes)]
    [InlineData("L898902C3", "L898902C36", NumberAgreement.SameButCheckDigit)]
    [InlineData("L898902C3", "L-898 902 C3", NumberAgreement.Same)]
    [InlineData("L898902C3", "L898920C3", NumberAgreement.OneOff)]
    [InlineData("L898902C3", "X111111X1", NumberAgreement.Differs)]
    public void Document_numbers_agree_as_they_are_misread(string a, string b, NumberAgreement expected)
    {
        var (x, y) = (DocumentNumber.Parse(a, null), DocumentNumber.Parse(b, null));
        x.Compare(y).ShouldBe(expected);
        y.Compare(x).ShouldBe(expected);
    }
}
