using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Book;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server;

/// <summary>Joins specimen bureaus that start together in one directory, by the acts that people use: Utopia founds it and takes the others in, each of them compares its
/// words and goes by it. What two people read to each other over the telephone is read here by the machine, which is right for specimens alone.</summary>
internal sealed class SpecimenCircle(IServiceScopeFactory scopes, Instance instance, BureauBook book, SpecimenLetters letters)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(300), WaitsMost = TimeSpan.FromMinutes(5);

    private Caller Self => Caller.OfServer(instance.Bureau);

    /// <param name="addresses">Of all, in the order of <see cref="SpecimenBureau.All"/>.</param>
    /// <exception cref="DataFolderException">They know each other at other addresses.</exception>
    /// <exception cref="IOException">One of them does not answer.</exception>
    public async Task JoinAsync(IReadOnlyList<Uri> addresses, CancellationToken cancel)
    {
        var members = addresses.Zip(SpecimenBureau.All, (address, bureau) => (Code: BureauCode.Of(bureau.Code), Address: address, bureau.Names)).ToList();
        if (instance.Bureau == members[0].Code) await FoundAsync(members, cancel);
        else if (book.Pinned is null) await UntilAsync("the directory is not offered", () => AcceptAsync(cancel), cancel);
        await UntilAsync("the directory does not come", () => Task.FromResult(members.TrueForAll(m => book.Find(m.Code) is not null)), cancel);
        if (members.Find(m => book.Find(m.Code)!.Address != m.Address) is { Code: not null } moved)
        {
            throw new DataFolderException($"The bureaus in this folder know {moved.Code} at {book.Find(moved.Code)!.Address} and not at {moved.Address}; start them with the --urls of the first time, or with another --data.");
        }

        await letters.WriteAsync([.. members.Select(m => m.Code)], cancel);
    }

    private async Task FoundAsync(List<(BureauCode Code, Uri Address, IReadOnlyDictionary<string, string> Names)> members, CancellationToken cancel)
    {
        if (book.Pinned is null) Refused(await RunAsync<FoundDirectory, Refusal?>((act, cancel) => act.RunAsync(new(members[0].Names), Self, cancel), cancel));
        foreach (var (code, address, names) in members.Skip(1).Where(m => book.Find(m.Code) is null))
        {
            await UntilAsync($"{code} does not answer at {address}", async () =>
            {
                var asked = await RunAsync<AskCard, Result<AskCard.Shown>>((act, cancel) => act.RunAsync(address.AbsoluteUri, Self, cancel), cancel);
                if (!asked.Succeeded(out var card, out _) || card.Entry.Bureau != code) return false;
                Refused(await RunAsync<AddBureau, Refusal?>((act, cancel) => act.RunAsync(new(address.AbsoluteUri, card.Words, names, null), Self, cancel), cancel));
                return true;
            }, cancel);
        }
    }

    private async Task<bool> AcceptAsync(CancellationToken cancel)
    {
        var read = await RunAsync<ReadBureaus, Result<ReadBureaus.View>>((act, cancel) => act.RunAsync(Self, cancel), cancel);
        if (!read.Succeeded(out var view, out _) || view.Offer is not { } offer) return false;
        Refused(await RunAsync<AnswerOffer, Refusal?>((act, cancel) => act.RunAsync(new(offer.Words, Accept: true), Self, cancel), cancel));
        return true;
    }

    private static void Refused(Refusal? refusal)
    {
        if (refusal is not null) throw new IOException($"The specimen bureaus could not be joined: {refusal.Detail}");
    }

    private async Task<T> RunAsync<TAct, T>(Func<TAct, CancellationToken, Task<T>> call, CancellationToken cancel)
        where TAct : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<TAct>(), cancel);
    }

    internal static async Task UntilAsync(string fault, Func<Task<bool>> isSo, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(WaitsMost);
        try
        {
            while (!await isSo()) await Task.Delay(Again, limit.Token);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"The specimen bureaus could not be joined: {fault}.", late);
        }
    }
}
