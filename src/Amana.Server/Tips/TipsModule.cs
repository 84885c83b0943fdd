using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Notices;
using Amana.Server.PublicNotices;
using Amana.Server.Tips.Pages;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tips;

internal sealed class TipsModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        TipPace.Add(services, configuration);
        services.AddScoped<GiveTip>().AddScoped<ComeBack>()
            .AddScoped<ListTips>().AddScoped<ReadTip>().AddScoped<AskGiver>().AddScoped<CloseTip>()
            .AddSingleton<ForgetTips>().AddHostedService(s => s.GetRequiredService<ForgetTips>())
            .AddScoped<IMenuCounter, TipsWaiting>().AddSingleton<IBesideExtract, TipBeside>().AddSingleton<IBesideNotice, TipsBeside>();
    }

    public void AddTables(ModelBuilder model) => TipsTables.AddTo(model);

    public void MapApi(IEndpointRouteBuilder routes) => TipsApi.Map(routes);

    public IEnumerable<MenuEntry> Menu => [new(null, "menu.tips", "/tips", "message-square", nameof(Right.ReadTips))];
}

/// <summary>The number in the rail: new ones, and those whose giver has answered.</summary>
internal sealed class TipsWaiting(ListTips tips) : IMenuCounter
{
    public string Address => "/tips";

    public async Task<MenuCount> CountAsync(Caller caller, CancellationToken cancel) => new(await tips.WaitingAsync(cancel));
}

internal sealed class TipBeside : IBesideExtract
{
    public Type Component => typeof(HaveYouSeen);
}

internal sealed class TipsBeside : IBesideNotice
{
    public Right Right => Right.ReadTips;

    public Type Component => typeof(TipsAbout);
}
