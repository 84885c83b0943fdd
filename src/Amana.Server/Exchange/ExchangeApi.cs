using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange.Book;
using Amana.Server.Exchange.Line;
using Amana.Server.Exchange.Post;
using Amana.Server.Exchange.Relay;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Exchange;

internal static class ExchangeApi
{
    private const int DirectoryBytesMost = 12 * 1024 * 1024; // the signed form and those before it, in JSON

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Other servers: no session, no token; what is signed decides.
        var line = routes.MapGroup("/exchange/v1").AllowAnonymous().WithTags("Exchange");
        line.MapGet("/card", ReadCard).ProducesProblem(503);
        line.MapPost("/directory", PostDirectory).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422);
        line.MapGet("/directory", ReadDirectory).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409);
        line.MapGet("/directory/changes", ReadChanges).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409);
        line.MapPost("/letters", PostLetter).ProducesProblem(401).ProducesProblem(403).ProducesProblem(413).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);
        line.MapPost("/relay/{code}", PostRelay).ProducesProblem(401).ProducesProblem(403).ProducesProblem(413).ProducesProblem(422).ProducesProblem(503);

        var api = routes.MapGroup("/api/v1").WithTags("Exchange").ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/bureaus", Read).RequireAuthorization(nameof(Right.ReadBureaus));
        api.MapGet("/bureaus/signer", ReadKey).RequireAuthorization(nameof(Right.ReadBureaus));
        api.MapGet("/deliveries", ReadWays).RequireAuthorization(nameof(Right.ReadBureaus)).ProducesProblem(400);
        api.MapGet("/deliveries/receipts", ReadSigned).RequireAuthorization(nameof(Right.ReadBureaus)).ProducesProblem(404);
        var manage = api.MapGroup("").RequireAuthorization(nameof(Right.ManageBureaus)).ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);
        manage.MapPost("/bureaus/found", PostFound);
        manage.MapPost("/bureaus/offer", PostOffer);
        manage.MapPost("/bureaus/ask-card", PostAsk);
        manage.MapPost("/bureaus", PostBureau);
        manage.MapPost("/bureaus/contact", PostContact);
        manage.MapPost("/bureaus/renew-keys", PostKeys);
        manage.MapPost("/bureaus/signer/propose", PostSigner);
        manage.MapPost("/bureaus/signer/answer", PostSignerAnswer).ProducesProblem(404);
        manage.MapPost("/bureaus/signer/await", PostAwait);
        manage.MapPost("/bureaus/{code}/change", PostChange).ProducesProblem(404);
        manage.MapPost("/bureaus/{code}/terms", PostTerms).ProducesProblem(404);
        manage.MapPost("/deliveries/{number:long}/again", PostAgain).ProducesProblem(404);
        manage.MapPost("/deliveries/{number:long}/give-up", PostGiveUp).ProducesProblem(404);
        manage.MapPost("/deliveries/again", PostAllAgain).ProducesProblem(404);
    }

    /// <summary>What this bureau says of itself, signed by its own key.</summary>
    internal static async Task<IResult> ReadCard(OwnCard card, Instance instance, CancellationToken cancel) =>
        instance.IsSetUp && await card.SignAsync(cancel) is { } form ? TypedResults.Text(form, LetterLine.ReceiptType) : ExchangeRefusals.NotReady.ToProblem();

    /// <summary>Show a directory of bureaus; followed when the Secretariat that is trusted here signed it.</summary>
    /// <response code="202">There is none yet: it waits for people to compare the key.</response>
    internal static async Task<IResult> PostDirectory(HttpRequest request, TakeDirectory take, CancellationToken cancel)
    {
        var result = await take.RunAsync(await RequestDoor.ReadAsync(request, DirectoryBytesMost, cancel), cancel);
        if (!result.Succeeded(out var taken, out var refusal)) return refusal.ToProblem();
        return taken.Version > 0 ? TypedResults.Ok(taken) : TypedResults.Accepted((string?)null, taken);
    }

    /// <summary>The directory that this bureau goes by, as it was signed. For bureaus of it.</summary>
    internal static async Task<IResult> ReadDirectory(HttpRequest request, RequestDoor door, BureauBook book, CancellationToken cancel)
    {
        if (!(await door.CheckAsync(request, default, cancel)).Succeeded(out _, out var refusal)) return refusal.ToProblem();
        return book.Pinned is { } pinned ? TypedResults.Text(pinned.SignedForm, LetterLine.ReceiptType) : ExchangeRefusals.NoDirectory.ToProblem();
    }

    /// <summary>The same with the earlier versions in which the Secretariat's key announced the next one, for a bureau that was away meanwhile.</summary>
    /// <param name="after">The version that it has.</param>
    internal static async Task<IResult> ReadChanges(long? after, HttpRequest request, RequestDoor door, BureauBook book, AmanaDb db, CancellationToken cancel)
    {
        if (!(await door.CheckAsync(request, default, cancel)).Succeeded(out _, out var refusal)) return refusal.ToProblem();
        if (book.Pinned is not { } pinned) return ExchangeRefusals.NoDirectory.ToProblem();
        return TypedResults.Json(new TakeDirectory.Body(pinned.SignedForm, null, await KeepDirectory.ChangesAsync(db, after ?? 0, cancel)), JsonRules.Options);
    }

    /// <summary>Deliver an envelope (docs/specs/envelope.md). The answer is this bureau's receipt; the same letter gets the same one.</summary>
    /// <response code="422">The letter is refused for good; the last part of the code says why.</response>
    internal static async Task<IResult> PostLetter(HttpRequest request, ReceiveLetter receive, CancellationToken cancel) =>
        (await receive.RunAsync(request, cancel)).Succeeded(out string? receipt, out var refusal) ? TypedResults.Text(receipt, LetterLine.ReceiptType) : refusal.ToProblem();

    /// <summary>Give an envelope to pass on to a bureau whose relay this server is. The answer is the recipient's own.</summary>
    /// <response code="202">It is held until the recipient answers; bring it again to have the receipt.</response>
    internal static async Task<IResult> PostRelay(string code, HttpRequest request, PassOnLetter pass, CancellationToken cancel)
    {
        if (!(await pass.RunAsync(code, request, cancel)).Succeeded(out var passed, out var refusal)) return refusal.ToProblem();
        return passed.Receipt is { } receipt ? TypedResults.Text(receipt, LetterLine.ReceiptType) : TypedResults.Accepted((string?)null);
    }

    /// <summary>The directory and how it goes with each bureau.</summary>
    internal static async Task<Results<Ok<ReadBureaus.View>, ProblemHttpResult>> Read(Caller caller, ReadBureaus read, CancellationToken cancel) =>
        (await read.RunAsync(caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>The key that signs the directory, and what is said of another.</summary>
    internal static async Task<Results<Ok<ReadSigner.View>, ProblemHttpResult>> ReadKey(Caller caller, ReadSigner read, CancellationToken cancel) =>
        (await read.RunAsync(caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Letters on their way and those that wait for a person; no content.</summary>
    /// <param name="part"><c>stuck</c>, <c>waiting</c>, <c>delivered</c> or <c>given-up</c>.</param>
    internal static async Task<Results<Ok<ReadDeliveries.View>, ProblemHttpResult>> ReadWays(string? part, string? bureau, int? page, Caller caller, ReadDeliveries read, CancellationToken cancel)
    {
        if (!ReadDeliveries.TryRead(part ?? "stuck", out var asked)) return ExchangeRefusals.DeliveryUnknown.ToProblem();
        if (!BureauCode.TryParse(bureau, null, out var peer) && bureau is not null) return ExchangeRefusals.BureauUnknown.ToProblem();
        return (await read.RunAsync(asked, peer, page ?? 1, caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();
    }

    /// <summary>Letter by letter, newest first: which bureaus signed that they read it or did what it asks, and which have not; no content.</summary>
    /// <param name="bureau">Only letters to that one.</param>
    /// <param name="open">Only letters that somebody has not confirmed.</param>
    internal static async Task<Results<Ok<ReadReceipts.View>, ProblemHttpResult>> ReadSigned(string? bureau, bool? open, int? page, Caller caller, ReadReceipts read, CancellationToken cancel)
    {
        if (!BureauCode.TryParse(bureau, null, out var peer) && bureau is not null) return ExchangeRefusals.BureauUnknown.ToProblem();
        return (await read.RunAsync(peer, open ?? false, page ?? 1, caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();
    }

    /// <summary>Found a directory; this bureau is its Secretariat.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostFound(FoundDirectory.Request body, Caller caller, FoundDirectory found, CancellationToken cancel) =>
        Answer(await found.RunAsync(body, caller, cancel));

    /// <summary>Accept the directory that is offered, with the words of its key, or decline it.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostOffer(AnswerOffer.Request body, Caller caller, AnswerOffer answer, CancellationToken cancel) =>
        Answer(await answer.RunAsync(body, caller, cancel));

    /// <summary>What the server at an address says of itself.</summary>
    internal static async Task<Results<Ok<CardView>, ProblemHttpResult>> PostAsk(AskBody body, Caller caller, AskCard ask, CancellationToken cancel) =>
        (await ask.RunAsync(body.Address, caller, cancel)).Succeeded(out var shown, out var refusal)
            ? TypedResults.Ok(new CardView(shown.Entry.Bureau.Value, shown.Entry.Names, shown.Words, shown.Entry.Contact)) : refusal.ToProblem();

    /// <summary>Take a bureau into the directory.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostBureau(AddBureau.Request body, Caller caller, AddBureau add, CancellationToken cancel) =>
        Answer(await add.RunAsync(body, caller, cancel));

    /// <summary>Say how others reach this bureau.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostContact(SayContact.Request body, Caller caller, SayContact say, CancellationToken cancel) =>
        Answer(await say.RunAsync(body, caller, cancel));

    /// <summary>Make new keys at once.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostKeys(Caller caller, RenewKeys renew, CancellationToken cancel) => Answer(await renew.RunAsync(caller, cancel));

    /// <summary>At the Secretariat: propose another key for the directory.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostSigner(ProposeSigner.Request body, Caller caller, ProposeSigner propose, CancellationToken cancel) =>
        Answer(await propose.RunAsync(body, caller, cancel));

    /// <summary>At the Secretariat: as a second person agree to the key that was proposed, or withdraw it.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostSignerAnswer(AnswerSigner.Request body, Caller caller, AnswerSigner answer, CancellationToken cancel) =>
        Answer(await answer.RunAsync(body, caller, cancel));

    /// <summary>Say that the Secretariat lost its key, so that a directory under another one is offered and not refused.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostAwait(AwaitSigner.Request body, Caller caller, AwaitSigner wait, CancellationToken cancel) =>
        Answer(await wait.RunAsync(body, caller, cancel));

    /// <summary>Change the state of a bureau in the directory, or revoke a key of it.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostChange(string code, ChangeBody body, Caller caller, ChangeBureau change, CancellationToken cancel) =>
        Answer(await change.RunAsync(new(code, body.State, body.RevokeKey, body.Reason), caller, cancel));

    /// <summary>Refuse a bureau here or admit it again; limit it or no longer; say that its key was compared.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostTerms(string code, TermsBody body, Caller caller, SetTerms set, CancellationToken cancel) =>
        Answer(await set.RunAsync(new(code, body.Refuse, body.Reason, body.Words, body.Limit), caller, cancel));

    /// <summary>Send a letter once more that was refused or is dead.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostAgain(long number, Caller caller, SendAgain again, CancellationToken cancel) => Answer(await again.RunAsync(number, caller, cancel));

    /// <summary>Send everything once more that a bureau refused or did not take in time.</summary>
    /// <response code="200">How many letters go again.</response>
    internal static async Task<Results<Ok<AgainView>, ProblemHttpResult>> PostAllAgain(AgainBody body, Caller caller, SendAllAgain again, CancellationToken cancel) =>
        (await again.RunAsync(body.Bureau, caller, cancel)).Succeeded(out int letters, out var refusal) ? TypedResults.Ok(new AgainView(letters)) : refusal.ToProblem();

    /// <summary>Give a letter up that waits, was refused or is dead.</summary>
    /// <response code="409">The other bureau has signed for it already.</response>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostGiveUp(long number, ReasonBody body, Caller caller, GiveUp giveUp, CancellationToken cancel) =>
        Answer(await giveUp.RunAsync(new(number, body.Reason), caller, cancel));

    private static Results<NoContent, ProblemHttpResult> Answer(Refusal? refusal) => refusal is null ? TypedResults.NoContent() : refusal.ToProblem();

    internal sealed record AgainBody(string? Bureau);

    internal sealed record AgainView(int Letters);

    internal sealed record ReasonBody(string? Reason);

    internal sealed record AskBody(string? Address);

    internal sealed record CardView(string Bureau, IReadOnlyDictionary<string, string> Names, string Words, BureauContact? Contact);

    /// <param name="State">active, restricted, suspended; null: as it is.</param>
    /// <param name="RevokeKey">Name of a key; null: none.</param>
    internal sealed record ChangeBody(BureauState? State, string? RevokeKey, string? Reason);

    /// <param name="Refuse">Null: as it is.</param>
    /// <param name="Limit">Null: as it is.</param>
    internal sealed record TermsBody(bool? Refuse, string? Reason, string? Words, bool? Limit);
}
