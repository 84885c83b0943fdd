using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange.Book;
using Amana.Server.Exchange.Keys;
using Amana.Server.Exchange.Line;
using Amana.Server.Exchange.Post;
using Amana.Server.Exchange.Relay;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange;

internal sealed class ExchangeModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<KeyRing>().AddSingleton<BureauBook>().AddSingleton(p => new BureauLine(p.GetRequiredService<KeyRing>(), p.GetRequiredService<BureauBook>(), p.GetRequiredService<ExchangeTls>(), p.GetRequiredService<TimeProvider>())).AddSingleton<DirectoryTurn>().AddSingleton<DirectorySignal>()
        .AddScoped<OwnCard>().AddScoped<DirectoryDesk>().AddScoped<FollowCards>().AddKeyedScoped<ILetterReader, CardReader>(CardReader.KindWord)
        .AddScoped<FoundDirectory>().AddScoped<AskCard>().AddScoped<AddBureau>().AddScoped<ChangeBureau>().AddScoped<AnswerOffer>().AddScoped<TakeDirectory>()
        .AddScoped<ReadSigner>().AddScoped<ProposeSigner>().AddScoped<AnswerSigner>().AddScoped<AwaitSigner>().AddScoped<SetTerms>().AddScoped<SayContact>().AddScoped<RenewKeys>().AddScoped<ReadBureaus>()
        .AddSingleton<NonceBook>().AddSingleton<RefusedBook>().AddSingleton<CarrierPace>().AddSingleton<LetterLine>().AddScoped(DoorOf).AddScoped<ReceiveLetter>()
        .AddSingleton<PostSignal>().AddSingleton<ReachedBook>().AddSingleton<HeardBook>().AddSingleton<PostStore>().AddSingleton<PostSeal>().AddSingleton<PostRoom>()
        .AddScoped(p => new Outbox(p.GetRequiredService<AmanaDb>(), p.GetRequiredService<BureauBook>(), p.GetRequiredService<KeyRing>(), p.GetRequiredService<PostSignal>(), p.GetRequiredService<TimeProvider>()))
        .AddSingleton(p => new BureauFiles(p.GetRequiredService<BureauBook>(), p.GetRequiredService<BureauLine>()))
        .AddScoped<Deliveries>().AddKeyedScoped<ILetterReader, ReceiptReader>(ReceiptReader.KindWord).AddScoped<ReadDeliveries>().AddScoped<ReadReceipts>().AddScoped<SendAgain>().AddScoped<SendAllAgain>().AddScoped<GiveUp>().AddScoped<IWorkQueue, LetterQueue>()
        .AddScoped<PassOnLetter>().AddSingleton<RelayLine>().AddSingleton<RelayStore>().AddSingleton(RelayOf).AddHostedService<KeepPassingOn>()
        .AddHostedService<KeepDirectory>().AddHostedService<SendLetters>();

    private static RequestDoor DoorOf(IServiceProvider p) => new(p.GetRequiredService<BureauBook>(), p.GetRequiredService<KeyRing>(), p.GetRequiredService<NonceBook>(), p.GetRequiredService<RefusedBook>(),
        p.GetRequiredService<AmanaDb>(), p.GetRequiredService<JournalWriter>(), p.GetRequiredService<TimeProvider>());

    // Far more than a recipient that is well takes, far less than the half minute that one is waited for.
    private static readonly TimeSpan SenderWaitsMost = TimeSpan.FromSeconds(1);

    private static RelayOffice RelayOf(IServiceProvider p) => new(p.GetRequiredService<RelayStore>(), p.GetRequiredService<RelayLine>(), new AwayBook(p.GetRequiredService<TimeProvider>().GetUtcNow, Random.Shared.NextDouble),
        cancel => Task.Delay(SenderWaitsMost, TimeProvider.System, cancel), p.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    public void AddTables(ModelBuilder model) => ExchangeTables.AddTo(model);

    public void MapApi(IEndpointRouteBuilder routes) => ExchangeApi.Map(routes);

    public IEnumerable<MenuEntry> Menu =>
    [
        new("menu.group.administration", "menu.bureaus", "/admin/bureaus", "landmark", nameof(Right.ReadBureaus)),
        new("menu.group.administration", "menu.deliveries", "/deliveries", "send", nameof(Right.ReadBureaus)),
    ];
}
