namespace Amana.Lists;

/// <summary>Every reason why a file, a row or a value is not taken. The README explains each; a test holds it to that.</summary>
public static class ListCodes
{
    // The whole file.
    public const string Empty = "list.empty";
    public const string GzipBroken = "list.gzip-broken";
    public const string XmlBroken = "list.xml-broken";
    public const string XmlForbidden = "list.xml-forbidden";
    public const string JsonBroken = "list.json-broken";
    public const string Encoding = "list.encoding";
    public const string UnknownLayout = "list.unknown-layout";
    public const string MixedLayouts = "list.mixed-layouts";
    public const string UnknownRole = "list.unknown-role";
    public const string NoMainFile = "list.no-main-file";
    public const string TooManySideRows = "list.too-many-side-rows";
    public const string MappingMissing = "list.mapping-missing";
    public const string MappingInvalid = "list.mapping-invalid";
    public const string NoColumn = "list.no-column";

    // The row.
    public const string Json = "list.json";
    public const string JsonTooDeep = "list.json-too-deep";
    public const string RowTooLong = "list.row-too-long";
    public const string CsvQuote = "list.csv-quote";
    public const string CsvFields = "list.csv-fields";
    public const string NoId = "list.no-id";
    public const string BadId = "list.bad-id";
    public const string DuplicateId = "list.duplicate-id";
    public const string NoName = "list.no-name";
    public const string NoSchema = "list.no-schema";
    public const string BadSchema = "list.bad-schema";
    public const string OrphanAlias = "list.orphan-alias";
    public const string OrphanAddress = "list.orphan-address";

    // The value, or the row when it was the only name.
    public const string Nul = "list.nul";
    public const string InvalidUtf8 = "list.invalid-utf8";
    public const string BrokenSurrogate = "list.broken-surrogate";
    public const string BidiControl = "list.bidi-control";
    public const string NameTooLong = "list.name-too-long";
    public const string ValueTooLong = "list.value-too-long";
    public const string TooManyValues = "list.too-many-values";
    public const string WrongType = "list.wrong-type";
    public const string ImpossibleDate = "list.impossible-date";
    public const string UnknownCountry = "list.unknown-country";
    public const string UnknownSex = "list.unknown-sex";
}
