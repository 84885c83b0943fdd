using System.Text.Json;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Book;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Amana.Server.Tests.Exchange;

/// <summary>Bureaus on servers of their own that stand in one directory: the first is the Secretariat.</summary>
internal sealed class Circle : IAsyncDisposable
{
    private static readonly string[] Codes = ["UTO", "QST", "QMR", "QNR"];
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal) { ["ar"] = "يوتوبيا", ["en"] = "Utopia", ["fr"] = "Utopie", ["es"] = "Utopía" };

    private readonly List<AmanaServer> _servers = [];
    private readonly List<Uri> _addresses = [];

    public AmanaServer this[int number] => _servers[number];

    public static BureauCode Code(int number) => BureauCode.Of(Codes[number]);

    /// <summary>Servers that do not know each other yet.</summary>
    public static async Task<Circle> StartAsync(int count, Action<int, IServiceCollection>? change = null)
    {
        var circle = new Circle();
        for (int i = 0; i < count; i++)
        {
            int number = i;
            var server = new AmanaServer
            {
                Bureau = Codes[i],
                Change = services =>
                {
                    services.AddKeyedScoped<ILetterReader, NoteReader>(NoteReader.KindWord).AddSingleton<NoteShelf>();
                    change?.Invoke(number, services);
                },
            };
            circle._servers.Add(server);
            await server.InitializeAsync();
            circle._addresses.Add(server.Address);
        }

        return circle;
    }

    /// <summary>The same in one directory, each known to each.</summary>
    public static async Task<Circle> JoinedAsync(int count, Action<int, IServiceCollection>? change = null)
    {
        var circle = await StartAsync(count, change);
        await circle.FoundAsync();
        for (int i = 1; i < count; i++) await circle.AddAsync(i);
        for (int i = 1; i < count; i++) await circle.AcceptAsync(i);
        await circle.SettleAsync();
        return circle;
    }

    public async Task FoundAsync() =>
        (await this[0].RunAsync<FoundDirectory, Refusal?>(act => act.RunAsync(new(Names), this[0].ServerCaller, default))).ShouldBeNull();

    /// <summary>The Secretariat takes a bureau in, as its page does: asks for the card, compares, adds.</summary>
    public async Task AddAsync(int number, string? relay = null)
    {
        string address = this[number].Address.ToString();
        var shown = await this[0].RunAsync<AskCard, Result<AskCard.Shown>>(act => act.RunAsync(address, this[0].ServerCaller, default));
        shown.Succeeded(out var card, out var refusal).ShouldBeTrue(refusal?.Detail);
        card!.Words.ShouldBe((await ViewAsync(number)).OwnWords, "both sides read the same words");
        (await this[0].RunAsync<AddBureau, Refusal?>(act => act.RunAsync(new(address, card.Words, null, relay), this[0].ServerCaller, default))).ShouldBeNull();
    }

    /// <summary>The bureau's own people compare the Secretariat's words.</summary>
    public async Task AcceptAsync(int number)
    {
        await RoundAsync(0);
        var offer = (await ViewAsync(number)).Offer.ShouldNotBeNull();
        offer.Words.ShouldBe((await ViewAsync(0)).SignerWords);
        (await this[number].RunAsync<AnswerOffer, Refusal?>(act => act.RunAsync(new(offer.Words, true), this[number].ServerCaller, default))).ShouldBeNull();
    }

    /// <summary>Until all that have joined go by the Secretariat's version.</summary>
    public Task SettleAsync() => UntilAsync(async () =>
    {
        await RoundAsync(0);
        var newest = Book(0).Pinned!.Directory;
        return _servers.TrueForAll(s => s.Services.GetRequiredService<BureauBook>().Pinned is not { } pinned || pinned.Directory.Version == newest.Version);
    });

    public BureauBook Book(int number) => this[number].Services.GetRequiredService<BureauBook>();

    /// <summary>Where the directory says that it is.</summary>
    public Uri AddressOf(int number) => _addresses[number];

    /// <summary>One round of the Secretariat's work, at once.</summary>
    public Task RoundAsync(int number) => this[number].Services.GetServices<IHostedService>().OfType<KeepDirectory>().Single().RoundNowAsync(default);

    public async Task<ReadBureaus.View> ViewAsync(int number)
    {
        var result = await this[number].RunAsync<ReadBureaus, Result<ReadBureaus.View>>(act => act.RunAsync(this[number].ServerCaller, default));
        result.Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }

    /// <summary>Writes a note to others, as an act of a module does.</summary>
    public async Task<Result<Guid>> WriteAsync(int from, string text, params int[] to)
    {
        await using var scope = this[from].Services.CreateAsyncScope();
        var added = scope.ServiceProvider.GetRequiredService<Outbox>().Add(NoteReader.KindWord, new { text }, [.. to.Select(Code)]);
        await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync();
        return added;
    }

    public async Task<Guid> WrittenAsync(int from, string text, params int[] to)
    {
        (await WriteAsync(from, text, to)).Succeeded(out var letter, out var refusal).ShouldBeTrue(refusal?.Detail);
        return letter;
    }

    /// <summary>The notes that came, in their order.</summary>
    public IReadOnlyList<string> NotesAt(int number) => this[number].Services.GetRequiredService<NoteShelf>().Notes;

    public async Task<IReadOnlyList<DeliveryView>> DeliveriesAsync(int number, Guid letter) =>
        await this[number].RunAsync<Deliveries, IReadOnlyList<DeliveryView>>(d => d.OfAsync(letter, default));

    public static async Task UntilAsync(Func<Task<bool>> isSo, int seconds = 30)
    {
        var end = DateTime.UtcNow.AddSeconds(seconds);
        while (!await isSo())
        {
            if (DateTime.UtcNow > end) throw new TimeoutException("It did not come to that.");
            await Task.Delay(50);
        }
    }

    public static Task UntilAsync(Func<bool> isSo, int seconds = 30) => UntilAsync(() => Task.FromResult(isSo()), seconds);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }

    /// <summary>What a reader of letters took, in memory.</summary>
    internal sealed class NoteShelf
    {
        private readonly Lock _adding = new();
        private readonly List<string> _notes = [];

        public IReadOnlyList<string> Notes
        {
            get
            {
                lock (_adding) return [.. _notes];
            }
        }

        public void Add(string note)
        {
            lock (_adding) _notes.Add(note);
        }
    }

    internal sealed class NoteReader(NoteShelf shelf, AmanaDb db) : ILetterReader
    {
        public const string KindWord = "test-note";

        public Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
        {
            string text = letter.Body.GetProperty("text").GetString()!;
            if (text == "refuse me") return Task.FromResult<string?>("as-asked");
            if (text == "throw at me") throw new JsonException();
            db.SavedChanges += (_, _) => shelf.Add(text);
            return Task.FromResult<string?>(null);
        }
    }
}
