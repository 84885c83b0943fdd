using Amana.Server.Access;
using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Server.Watchlists;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

internal sealed class ScreeningModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddScoped<AskedBook>().AddScoped<HitBook>().AddScoped(s => new AskList(s.GetRequiredService<AskedBook>(), s.GetRequiredService<ListShelf>())).AddScoped<IRestrictableKind, HitKind>()
        .AddScoped(s => new ReadKeptQuestions(s.GetRequiredService<AmanaDb>(), s.GetRequiredService<FieldSealer>())).AddScoped(s => new ReadHitsOnRecord(s.GetRequiredService<AmanaDb>(), s.GetRequiredService<Gate>()))
        .AddScoped(s => new AskAgain(s.GetRequiredService<AmanaDb>(), s.GetRequiredService<ReadKeptQuestions>(), s.GetRequiredService<HitBook>(), s.GetRequiredService<ListShelf>(), s.GetRequiredService<ReadEntities>(), s.GetRequiredService<QuestionPrints>()))
        .AddScoped<ScreenOne>().AddScoped<ScreenStream>().AddScoped<MatchMany>().AddScoped<SearchText>().AddScoped<ReadEntity>().AddScoped<ReadAdjacent>().AddScoped<ShowCatalog>()
        .AddScoped<ListHits>().AddScoped<ReadHit>().AddScoped<DecideHit>().AddScoped<DecideAnswer>().AddScoped<UndoDecision>().AddScoped<AssignHit>()
        .AddScoped<TakeBatch>().AddScoped<ReadBatches>().AddScoped<SteerBatch>().AddScoped<ForgetBatch>().AddScoped<BatchResults>()
        .AddScoped<ReviewAsking>().AddScoped<BringFamousPeople>().AddScoped<BatchRun>().AddScoped<BatchChunk>()
        .AddScoped<IWorkQueue, BatchQueue>().AddScoped<IMenuCounter, HitsAtWork>().AddScoped<IDeskSource, HitsAtWork>().AddScoped<IPaletteSource, HitsAtWork>()
        .AddSingleton<QuestionPrints>().AddSingleton<BatchFiles>().AddSingleton<BatchSignal>().AddSingleton<BatchTurn>().AddHostedService<BatchRunner>();

    public void AddTables(ModelBuilder model) => ScreeningTables.AddTo(model);

    public void MapApi(IEndpointRouteBuilder routes)
    {
        ScreeningApi.Map(routes);
        HitsApi.Map(routes);
        BatchesApi.Map(routes);
        YenteApi.Map(routes);
    }

    public IEnumerable<MenuEntry> Menu =>
    [
        new(null, "menu.search", "/search", "search", nameof(Right.Screen)),
        new("menu.group.oversight", "menu.asking", "/audit/asking", "radar", nameof(Right.ReadJournalContent)),
        new(null, "menu.hits", "/hits", "git-compare-arrows", nameof(Right.Screen)),
    ];
}
