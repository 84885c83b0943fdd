using Amana.Server.Access;
using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;
using Amana.Server.Notices.Pages;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

internal sealed class NoticesModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddScoped<IRestrictableKind, NoticeKind>().AddSingleton<IAudienceSource, NoticeAudience>().AddSingleton<NoticeTurn>().AddSingleton<NamesInMind>().AddScoped<NoticeDesk>().AddScoped<NoticeSerials>().AddScoped<Editions>().AddScoped<AmendNotice>().AddScoped<FindSamePerson>().AddScoped<RemovePicture>().AddScoped<PreviewNotice>().AddScoped<ListSafeguards>().AddScoped<AddAddendum>().AddScoped<NoticeBoard>()
        .AddScoped<DraftNotice>().AddScoped<SaveDraft>().AddScoped<CheckRequest>().AddScoped<MoveNotice>().AddScoped<AnswerCriterion>()
        .AddScoped<AddPicture>().AddScoped<ReadPicture>().AddScoped<ReadNotice>().AddScoped<ReadEditions>().AddScoped<ListNotices>().AddScoped<PublishedAs>().AddScoped<PrintSeal>().AddScoped<PrintNotice>()
        .AddScoped(s => new HeldAbout(s.GetRequiredService<AmanaDb>(), s.GetRequiredService<Gate>(), s.GetRequiredService<NamesInMind>()))
        .AddScoped(s => new OrderOnNotice(s.GetRequiredService<AmanaDb>(), s.GetRequiredService<Gate>(), s.GetRequiredService<NoticeDesk>(), s.GetRequiredService<NoticeBoard>(), s.GetRequiredService<NoticeTurn>(), s.GetRequiredService<LookBack>(), s.GetRequiredService<TimeProvider>()))
        .AddScoped<SpecimenNotices>().AddScoped<RecordProtection>().AddScoped<SuspendBureau>()
        .AddScoped<ReportSighting>().AddScoped<CountNotices>().AddScoped<ExportNotice>().AddScoped<ReadWork>().AddSingleton<LookBack>().AddHostedService(s => s.GetRequiredService<LookBack>())
        .AddScoped<MakeWatch>().AddScoped<EndWatch>().AddScoped<ListWatches>().AddScoped<IDeskSource, WatchesOnDesk>().AddSingleton<KeepWatch>().AddHostedService(s => s.GetRequiredService<KeepWatch>())
        .AddSingleton<NoticeBell>().AddKeyedScoped<ILetterReader, NoticeReader>(NoticeLetter.Kind).AddKeyedScoped<ILetterReader, SightingReader>(SightingReader.KindWord).AddScoped<ReadCopies>().AddHostedService<SendNotices>()
        .AddKeyedScoped<ILetterReader, HitReader>(HitLetter.Kind).AddScoped<TellHit>().AddSingleton<KeepHitsTold>().AddHostedService(s => s.GetRequiredService<KeepHitsTold>()).AddScoped<HitsAbroadOnDesk>().AddScoped<IDeskSource>(s => s.GetRequiredService<HitsAbroadOnDesk>()).AddScoped<INotificationSource>(s => s.GetRequiredService<HitsAbroadOnDesk>())
        .AddSingleton<IRecordPages, NoticeOfRecord>()
        .AddSingleton<KeepTime>().AddHostedService(s => s.GetRequiredService<KeepTime>());

    public void AddTables(ModelBuilder model) => NoticesTables.AddTo(model);

    public IEnumerable<MenuEntry> Menu =>
    [
        new(null, "menu.notices", "/notices", "megaphone", nameof(Right.ReadNotices)),
        new(null, "menu.watches", "/watches", "bell", nameof(Right.ReadNotices)),
        new("menu.group.oversight", "menu.reviews", "/reviews", "scale", nameof(Right.ReviewNotices)),
    ];

    public Task AddSpecimensAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<SpecimenNotices>().AddAsync(cancel);

    public void MapApi(IEndpointRouteBuilder routes)
    {
        NoticesApi.Map(routes);
        PaperRoutes.Map(routes);
        WatchesApi.Map(routes);
    }
}
