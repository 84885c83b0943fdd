namespace Amana.Matching.Fields;

/// <summary>Why a text is no date, country or number.</summary>
/// <param name="Code">Stable, for programs and translations, such as <c>date.no-such-day</c>.</param>
/// <param name="Reason">English, for the log of an import and as a last resort.</param>
public sealed record FieldRefusal(string Code, string Reason);

/// <summary>Every reason the fields of a record are refused.</summary>
public static class FieldRefusals
{
    public static readonly FieldRefusal DateEmpty = new("date.empty", "There is no date.");
    public static readonly FieldRefusal DateTooLong = new("date.too-long", "A date has at most 80 characters.");
    public static readonly FieldRefusal DateNotRead = new("date.not-read", "This is not written as a date that can be read.");
    public static readonly FieldRefusal NoSuchDay = new("date.no-such-day", "The calendar has no such day.");
    public static readonly FieldRefusal NoSuchMonth = new("date.no-such-month", "There are only twelve months.");
    public static readonly FieldRefusal YearOutOfRange = new("date.year-out-of-range", "The year is outside what the calendar can hold.");
    public static readonly FieldRefusal YearNeedsFourDigits = new("date.year-needs-four-digits", "A year of two digits has no century.");
    public static readonly FieldRefusal RangeTooWide = new("date.range-too-wide", "A range of more than twenty years says nothing.");
    public static readonly FieldRefusal RangeBackwards = new("date.range-backwards", "The range ends before it begins.");
    public static readonly FieldRefusal NumberEmpty = new("id-number.empty", "There is no letter or digit in the number.");
    public static readonly FieldRefusal NumberTooLong = new("id-number.too-long", "A document number has at most 40 letters and digits.");
    public static readonly FieldRefusal ZoneNotRead = new("mrz.not-read", "A machine-readable zone has three lines of 30, two of 36 or two of 44 characters: A to Z, 0 to 9 and <.");
    public static readonly FieldRefusal ZoneCheckDigit = new("mrz.check-digit", "A check digit of the machine-readable zone does not agree.");
}
