using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

internal sealed class LostAndStolenModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<ItemTurn>().AddSingleton<NumberShelf>().AddHostedService<KeepNumbers>()
        .AddScoped<NumberRows>().AddScoped(p => new DocumentsToAsk(p.GetRequiredService<AmanaDb>(), p.GetRequiredService<TimeProvider>())).AddScoped<CheckNumber>().AddScoped<CheckNumbers>()
        .AddScoped<EnterItems>().AddScoped<WithdrawItem>().AddScoped<ReadItems>().AddScoped<DeleteOverdue>()
        .AddScoped<AskOwner>().AddScoped<AnswerAsOwner>().AddScoped<ReadOwnerQuestions>().AddScoped<ReadLastChecks>().AddScoped<IMenuCounter, QuestionsToUs>().AddScoped<IDeskSource, QuestionsToUs>().AddScoped<SpecimenItems>();

    public void AddTables(ModelBuilder model) => ItemTables.AddTo(model);

    public void MapApi(IEndpointRouteBuilder routes) => ItemsApi.Map(routes);

    public IEnumerable<MenuEntry> Menu =>
    [
        new(null, "menu.numbers", "/numbers", "scan-qr-code", nameof(Right.Screen)),
        new(null, "menu.items", "/items", "id-card", nameof(Right.EnterItems)),
    ];

    public Task AddSpecimensAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<SpecimenItems>().AddAsync(cancel);
}
