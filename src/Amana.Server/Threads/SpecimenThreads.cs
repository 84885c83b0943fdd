using Amana.Exchange.Handling;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Letters of specimen bureaus for a training instance, as if they had come; nothing is sent.</summary>
internal sealed class SpecimenThreads(AmanaDb db, ThreadBook book, TimeProvider clock)
{
    private const string Purpose = "investigation";
    private static readonly BureauCode Qmr = BureauCode.Of("QMR"), Qst = BureauCode.Of("QST"), Qnr = BureauCode.Of("QNR");

    public async Task AddAsync(CancellationToken cancel)
    {
        if (book.Self.Value != "UTO" || await db.CaseThreads.AnyAsync(cancel)) return;
        var now = clock.GetUtcNow();
        await AccountsAsync(now, cancel);
        var prints = new ThreadLetter
        {
            Thread = Words("Fingerprint check, Ejemplo", ["UTO-B-2026-0002"]), Text = "Prints were taken an hour ago from a man who says that he is Muestra Ejemplo. Please compare them with yours tonight: we can keep him until the morning.",
            Handling = Of(Qst, HandlingCodes.NotInCourt, SourceGrade.A, InformationGrade.Certain), Urgency = "8h", Due = now.AddHours(5.2), Asks = [new(1, book.Self, "Are these the prints of Muestra Ejemplo?"), new(2, book.Self, "Is he wanted by your courts?")],
        };
        await TakeAsync(prints, Qst, [book.Self], MessageKind.Request, now.AddHours(-2.8), cancel);
        var vehicle = new ThreadLetter
        {
            Thread = Words("Vehicle UTO 00-SPEC-42", []), Text = "Your stolen vehicle stands in a car park at the harbour. It is watched; nobody has come for it yet.",
            Handling = Of(Qnr, HandlingCodes.NotPassedOn, SourceGrade.B, InformationGrade.KnownToSource),
        };
        await TakeAsync(vehicle, Qnr, [book.Self], MessageKind.Message, now.AddHours(-6), cancel);
        await db.SaveChangesAsync(cancel);
    }

    private async Task AccountsAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var first = new ThreadLetter
        {
            Thread = Words("Namudhaji, accounts in Qimaria", ["UTO-R-2026-0001", "HIT-26-00001"]),
            Text = "We found three accounts opened with passport L898902C3. The holder signed as ENNAMOUDAJI, Mital. Please confirm whether this document was reported lost before 4 March.",
            Handling = Of(Qmr, HandlingCodes.NotInCourt, SourceGrade.B, InformationGrade.KnownToSource), Urgency = "3d", Due = now.AddDays(1), Asks = [new(1, book.Self, "Was the passport reported lost before 4 March?")],
        };
        var (thread, request) = await TakeAsync(first, Qmr, [book.Self, Qst], MessageKind.Request, now.AddDays(-2), cancel);
        await book.AnswerAsync(thread, Guid.Empty, [new(request, 1)], book.Self, now.AddDays(-1.5), cancel);
        var ours = new ThreadLetter
        {
            Thread = first.Thread, Text = "Confirmed: reported lost on 28 February, revoked the same day. The Red notice is in force. Please send the account opening forms.",
            Handling = Of(book.Self, HandlingCodes.NotInCourt, SourceGrade.A, InformationGrade.Certain), Urgency = "7d", Due = now.AddDays(3), Asks = [new(1, Qmr, "Account opening forms")],
        };
        var answer = await book.AddAsync(thread, Guid.CreateVersion7(now.AddDays(-1.5)), MessageKind.Request, book.Self, [Qmr, Qst], now.AddDays(-1.5), ours, Actor.Server.ToString(), cancel);
        var urgent = new ThreadLetter
        {
            Thread = first.Thread, Text = "Three more accounts, one opened today in person. The branch can keep the customer until 16:00 UTC.", Urgency = "8h", Due = now.AddHours(3.9), Asks = [new(1, book.Self, "Keep the customer until 16:00?")],
            Handling = ThreadLetter.Of(ItemHandling.Of(Qmr, HandlingCodes.None, ["Court use only with written consent of the prosecutor in Qimaria."], SourceGrade.B, InformationGrade.Corroborated)),
        };
        Came(thread, await book.AddAsync(thread, Guid.CreateVersion7(now.AddHours(-1)), MessageKind.Request, Qmr, [book.Self], now.AddHours(-1), urgent, by: null, cancel));
        var release = new ThreadLetter
        {
            Thread = first.Thread, Text = "Our prosecutor would like to show your confirmation to the court.", Release = new(answer.Id, HandlingAct.Export, [], ForCourt: true, Until: now.AddDays(30)),
        };
        Came(thread, await book.AddAsync(thread, Guid.CreateVersion7(now.AddHours(-0.5)), MessageKind.ReleaseRequest, Qmr, [book.Self], now.AddHours(-0.5), release, by: null, cancel));
    }

    private async Task<(CaseThread Thread, Guid Letter)> TakeAsync(ThreadLetter letter, BureauCode from, BureauCode[] to, MessageKind kind, DateTimeOffset at, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(at);
        var thread = await book.OpenAsync(letter.Thread with { SubjectItem = id, SubjectHandling = letter.Handling }, from, [from, .. to], at, cancel);
        Came(thread, await book.AddAsync(thread, id, kind, from, to, at, letter, by: null, cancel));
        return (thread, id);
    }

    // As if it had come when it was written.
    private static void Came(CaseThread thread, ThreadMessage message) => (message.ArrivedAt, thread.LastAt) = (message.WrittenAt, message.WrittenAt);

    private ThreadLetter.ThreadWords Words(string subject, string[] about) => new(Guid.CreateVersion7(clock.GetUtcNow()), subject, about, Purpose, null, null);

    private static System.Text.Json.JsonElement Of(BureauCode by, HandlingCodes codes, SourceGrade source, InformationGrade information) => ThreadLetter.Of(ItemHandling.Of(by, codes, [], source, information));
}
