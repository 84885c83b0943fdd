using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Threads;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server;

/// <summary>What specimen bureaus that start together write to each other, once: a request and its answer, a message to all, and one that may not be passed on.</summary>
internal sealed class SpecimenLetters(IServiceScopeFactory scopes, Instance instance)
{
    private const string Purpose = "investigation", Mark = "SpecimenLetters,";
    private static readonly HandlingForm Free = new(Source: "A", Information: 1);

    private Caller Self => Caller.OfServer(instance.Bureau);

    /// <param name="members">All who exchange, this bureau too.</param>
    public async Task WriteAsync(IReadOnlyList<BureauCode> members, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var record = await db.Set<InstanceRecord>().SingleAsync(cancel);
        if (record.SpecimensOf.Contains("," + Mark, StringComparison.Ordinal)) return;
        foreach (var letter in LettersOf(instance.Bureau.Value, [.. members.Where(m => m != instance.Bureau).Select(m => m.Value)])) await SendAsync(letter, cancel);
        if (instance.Bureau.Value == "QST") await SpecimenCircle.UntilAsync("the request of Utopia does not come", () => AnswerAsync(cancel), cancel);
        record.SpecimensOf += Mark;
        await db.SaveChangesAsync(cancel);
    }

    private static IEnumerable<SendMessage.Request> LettersOf(string bureau, string[] others) => bureau switch
    {
        "UTO" =>
        [
            new(null, ["QST"], "Fingerprint check, Ejemplo", "Prints were taken an hour ago from a man who says that he is Muestra Ejemplo. Please compare them with yours tonight: we can keep him until the morning.",
                Free with { Codes = ["H1"] }, "8h", About: ["UTO-B-2026-0002"], Asks: [new("QST", "Are these the prints of Muestra Ejemplo?")]),
            new(null, others, "Series of forged documents", "Passports of Utopia with numbers from X9990001 on are forged. Whoever shows one should be asked where it was bought.", Free),
        ],
        "QST" =>
        [
            new(null, ["UTO"], "Accounts of Namudhaji", "We found three accounts opened with passport L898902C3. Please say whether it was reported lost before 4 March.",
                Free with { Source = "B", Information = 2 }, "3d", About: ["UTO-R-2026-0001"], Asks: [new("UTO", "Was the passport reported lost before 4 March?")]),
        ],
        "QMR" => [new(null, others, "Vehicle UTO 00-SPEC-42", "A stolen vehicle of Utopia stands in a car park at our harbour. It is watched; nobody has come for it yet.", Free with { Codes = ["H2"], Source = "B", Information = 2 })],
        _ => [new(null, ["UTO"], "Ship Specimen of the Sea", "The ship leaves our port tomorrow at noon. Its papers are in order; its owner is not the one that you named.", Free with { Source = "C", Information = 3 })],
    };

    private async Task<bool> AnswerAsync(CancellationToken cancel)
    {
        if (await RunAsync<ListThreads, ListThreads.View>((act, cancel) => act.RunAsync(new("to-answer"), Self, cancel), null, cancel) is not { Threads: var rows }
            || rows.FirstOrDefault(t => t.Opener == "UTO") is not { } thread) return false;
        var read = await RunAsync<ReadThread, ThreadView>((act, cancel) => act.RunAsync(new(thread.Reference, Purpose), Self, cancel), null, cancel);
        if (read?.Asks.FirstOrDefault(a => a.Owes == "QST" && a.AnsweredAt is null) is not { } ask) return true; // answered before
        await SendAsync(new(thread.Reference, ["UTO"], null, "They are his: ten fingers agree. He is wanted by no court of ours.", Free, Answers: [new(ask.Letter, ask.Number)]), cancel);
        return true;
    }

    private async Task SendAsync(SendMessage.Request request, CancellationToken cancel)
    {
        string? refused = null;
        await RunAsync<SendMessage, SendMessage.Sent>((act, cancel) => act.RunAsync(request with { Purpose = Purpose }, Self, cancel), refusal => refused = refusal.Detail, cancel);
        if (refused is not null) throw new IOException($"A specimen letter could not be sent: {refused}");
    }

    private async Task<T?> RunAsync<TAct, T>(Func<TAct, CancellationToken, Task<Result<T>>> call, Action<Refusal>? no, CancellationToken cancel)
        where TAct : notnull
        where T : class
    {
        await using var scope = scopes.CreateAsyncScope();
        if ((await call(scope.ServiceProvider.GetRequiredService<TAct>(), cancel)).Succeeded(out var found, out var refusal)) return found;
        no?.Invoke(refusal);
        return null;
    }
}
