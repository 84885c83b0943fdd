using Amana.Server.Access;
using Amana.Server.BlindQuestions.Asked;
using Amana.Server.BlindQuestions.Asking;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions;

internal sealed class BlindQuestionsModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<BlindShelf>().AddSingleton<EpochBell>().AddScoped<AnswerBlind>().AddScoped<SetBlindTerms>().AddScoped<ReadBlindTerms>().AddScoped<CloseBlind>()
        .AddSingleton<HeldSealedLists>().AddSingleton<AskBell>().AddScoped<PutBlindQuestion>().AddScoped<AskBlind>().AddScoped<ReadBlindAsks>()
        .AddHostedService<KeepEpoch>().AddHostedService<KeepAsking>();

    public void AddTables(ModelBuilder model) => BlindTables.AddTo(model);

    public void MapApi(IEndpointRouteBuilder routes) => BlindApi.Map(routes);

    public IEnumerable<MenuEntry> Menu =>
    [
        new(null, "menu.blind", "/search/questions", "eye-off", nameof(Right.Screen)),
        new("menu.group.oversight", "menu.blind-terms", "/blind-terms", "handshake", nameof(Right.ManageBlindQuestions)),
    ];
}
