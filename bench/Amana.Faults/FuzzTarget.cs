using System.Text;
using Amana.Lists;
using Amana.Lists.Questions;
using Amana.Matching;
using Amana.Matching.Fields;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Server.Foundation;
using Amana.Server.Notices;
using Amana.Server.Upkeep;
using Amana.Server.Uploads;
using Amana.Server.Web;
using Amana.Server.Witness;
using PartialDate = Amana.Matching.PartialDate;

namespace Amana.Faults;

/// <summary>A reader that strangers can send bytes to, good input for it, and what it may throw.</summary>
/// <param name="Read">Answers whether the input was taken. Throws only what the reader's docstring says.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Good, Func<byte[], bool> Read)
{
    private const string Hash = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=";
    private static readonly BackupKey Closed = BackupKey.OfPassphrase("a passphrase for one measurement");

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        List("list: FollowTheMoney", ListFormat.FollowTheMoney,
            """{"id":"uto-1","schema":"Person","caption":"Anna Specimen","properties":{"name":["Anna Specimen","آنا عينة"],"birthDate":["1974-08"],"nationality":["ut"],"idNumber":["L898902C3"]}}""" + "\n" + """{"id":"uto-2","schema":"Organization","properties":{"name":["Muster Holding"]}}""" + "\n"),
        List("list: corpus", ListFormat.Corpus, """{"id":"c-1","schema":"Person","names":["Anna Specimen"],"dob":["1974-08-12"],"countries":["ut"]}""" + "\n"),
        List("list: notices service", ListFormat.Notices, """{"total":1,"_embedded":{"notices":[{"entity_id":"2026/1","name":"SPECIMEN","forename":"ANNA","date_of_birth":"1974/08/12","nationalities":["UT"],"_links":{"self":{"href":"x"}}}]}}"""),
        List("list: UN XML", ListFormat.UnXml, """<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANNA</FIRST_NAME><SECOND_NAME>SPECIMEN</SECOND_NAME><UN_LIST_TYPE>X</UN_LIST_TYPE><REFERENCE_NUMBER>UTi.001</REFERENCE_NUMBER><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Muster</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1974-08-12</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>"""),
        List("list: OFAC CSV", ListFormat.OfacCsv, "36,\"SPECIMEN HOLDING\",-0- ,\"UTOPIA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n173,\"SPECIMEN, Anna\",\"individual\",\"UTOPIA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 12 Aug 1974; Passport L898902C3 (Utopia).\"\n"),
        Of("list: recognition", input => Recognised(input), "{\"id\":\"a\",\"schema\":\"Person\"}", "36,\"A\",-0- ", "<?xml version=\"1.0\"?><CONSOLIDATED_LIST/>", "name,birth date\nAnna,1974"),
        Of("column mapping", input => Taken(() => ColumnMappings.Parse(input, "m.json")), """{"columns":{"id":"No","name":["Surname","Forename"]},"defaultSchema":"Person","delimiter":";","valueSeparator":"|"}"""),
        Of("questions: NDJSON", input => Questions("q.ndjson", input), """{"id":"1","name":"Anna Specimen","birthDate":"1974","schema":"Person"}""" + "\n", """{"q":"علي"}"""),
        Of("questions: CSV", input => Questions("q.csv", input), "name,birthDate,country\n\"Specimen, Anna\",1974-08-12,ut\nعينة,,\n"),
        Of("pairs", input => Taken(() => PairFile.Read(File("p.csv", input), default).Count()), "name1,name2,schema\nAnna Specimen,Ana Specimen,Person\n\"Muster, GmbH\",Muster,\n"),
        Text("date", t => PartialDate.TryParse(t, out _), "1974-08-12", "12 août 1974", "١٩٧٤", "circa 1970 to 1975", "between 1 Jan 1970 and 2 Feb 1971", "昭和49年8月12日"),
        Text("document number", t => DocumentNumber.TryRead(t, out _, out _), "L898902C3", "UTO AB-123 456"),
        Text("machine-readable zone", t => MachineReadableZone.TryRead(t, 2026, out _, out _), "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10", "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"),
        Text("names, compared", t => Compared(t), "Anna Specimen", "عبد الله بن علي", "李小龙", "Ὀδυσσεύς", "محمد"),
        Of("signed note", input => SignedNote.TryParse(input, out var note) && note!.ToBytes().AsSpan().SequenceEqual(input), "log\n1\n" + Hash + "\n\n— log 3hAOCEhhc2g=\n"),
        Text("checkpoint", t => Checkpoint.TryParse(t, out _), "log\n109482\n" + Hash + "\n"),
        Text("verifier key", t => NoteKey.TryParse(t, out _), "journal.utopia.example+0f1e2d3c+ATIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="),
        Of("entry proof", input => EntryProof.TryParse(input, out var proof) && proof!.Extra.Length >= 0, "c2sp.org/tlog-proof@v1\nextra AQID\nindex 7\n" + Hash + "\n\nlog\n9\n" + Hash + "\n\n— log 3hAOCEhhc2g=\n"),
        Of("opening of an entry", input => ActOpening.TryParse(input, out var opening) && opening!.Opened() is null, "{\"at\":\"2026-11-24T03:12:45Z\",\"who\":\"kQ7w\",\"what\":\"hit.decided\",\"commitment\":\"" + Hash + "\"}\nAAAAAAAAAAAAAAAAAAAAAA==\n[\"1\",null]"),
        Of("public entry", input => LoggedAct.TryParse(input, out _), "{\"at\":\"2026-11-24T03:12:45Z\",\"who\":\"kQ7w\",\"what\":\"hit.decided\",\"commitment\":\"" + Hash + "\"}"),
        Of("entry bundle", input => { EntryBundle.Read(input, out bool broken); return !broken; }, "\0\u0003abc\0\u0001x"),
        Text("tile path", t => TilePath.TryParse(t, out _), "tile/0/x001/234", "tile/entries/x001/234.p/77"),
        Of("witness request", input => CheckpointRequest.TryParse(input, out _), "old 3\n" + Hash + "\n\nlog\n9\n" + Hash + "\n\n— log 3hAOCEhhc2g=\n"),
        Of("backup", input => Taken(() => { using var open = SealedStream.Open(new MemoryStream(input), Closed); return open.Read(new byte[64]); }), "AMANA backup 1\n{\"from\":\"file\",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}\n"),
        new("saved index", [Saved()], Opened),
        new("picture", [Png(), Jpeg()], input => CleanPicture.TryRead(input, out _, out _)),
        Text("notice reference", t => NoticeReference.TryParse(t, null, out _), "UTO-R-2026-000017", "UTO-R-2026-000017/2"),
        Text("notice content", t => NoticeContent.ReadAll(NoticeColour.Red, Fields(t)).Problems.Count == 0, "familyName=Specimen\nforenames=Anna\nbirthDate=1974-08-12\nwarrantDate=2026-01-01\nmaximumPenaltyYears=5"),
        Text("message", t => Message.TryParse(t, out _), "{count, plural, one {# row} other {# rows}} of {name}", "{sex, select, female {she} other {they}}"),
        Text("start options", t => StartOptions.Parse(t.Split(' ')).Options is not null, "--data x --urls http://127.0.0.1:5080;http://*:1 --demo"),
    ];

    // A score is a probability, and the same the other way round is not asked for here.
    private static bool Compared(string name)
    {
        if (name.Length > Question.NameCharsMax) return false; // what callers refuse before
        double score = Matcher.Compare(new Question { Names = [name] }, new Subject { Id = "1", Names = [new("Анна Specimen بن علي")] }).Score;
        return score is >= 0 and <= 1 ? true : throw new InvalidOperationException($"a score of {score}");
    }

    private static bool Opened(byte[] input)
    {
        string file = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(file, input);
            using var index = MatchIndex.Open(file);
            index.Ask(new Question { Names = ["Anna Specimen"] }, new AskOptions { MinScore = 0 });
            return true;
        }
        catch (IndexFileException)
        {
            return false;
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    private static byte[] Saved()
    {
        string file = Path.GetTempFileName();
        using (var index = MatchIndex.Build([new() { Id = "uto-1", Names = [new("Anna Specimen"), new("آنا عينة")] }, new() { Id = "uto-2", Names = [new("Erika Muster")] }])) index.Save(file);
        byte[] bytes = System.IO.File.ReadAllBytes(file);
        System.IO.File.Delete(file);
        return bytes;
    }

    private static FuzzTarget Of(string name, Func<byte[], bool> read, params string[] good) => new(name, [.. good.Select(Encoding.UTF8.GetBytes)], read);

    private static FuzzTarget Text(string name, Func<string, bool> read, params string[] good) => Of(name, input => read(Encoding.UTF8.GetString(input)), good);

    private static FuzzTarget List(string name, ListFormat format, string good) =>
        Of(name, input => Taken(() => ListReader.Read(new() { List = "fuzz", Files = [File(NameOf(format), input)], Format = format }, default).Count()), good);

    private static string NameOf(ListFormat format) => format switch { ListFormat.OfacCsv => "sdn.csv", ListFormat.UnXml => "un.xml", ListFormat.Notices => "red.json", _ => "list.json" };

    private static ListFile File(string name, byte[] bytes) => new(name, () => new MemoryStream(bytes), bytes.Length);

    private static bool Recognised(byte[] input) => Taken(() => ListReader.Recognise([File("list", input)]));

    private static bool Questions(string name, byte[] input) => Taken(() => QuestionFile.Read(File(name, input), default).Count());

    // A file that is refused as a whole says so with these; anything else is a fault.
    private static bool Taken<T>(Func<T> read)
    {
        try
        {
            return read() is not null;
        }
        catch (Exception e) when (e is ListFileException or BackupException)
        {
            return false;
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> Fields(string text) => text.Split('\n').Select(l => l.Split('=', 2)).GroupBy(l => l[0], StringComparer.Ordinal)
        .ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g.Select(l => l.Length > 1 ? l[1] : "")], StringComparer.Ordinal);

    private static byte[] Png() => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static byte[] Jpeg() => Convert.FromBase64String("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=");
}
