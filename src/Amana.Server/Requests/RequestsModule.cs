using Amana.Server.Access;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

internal sealed class RequestsModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<RequestTurn>().AddScoped<AskForData>().AddScoped<FollowRequest>()
        .AddScoped<ListRequests>().AddScoped<ReadRequest>().AddScoped<WorkOnRequest>().AddScoped<NoteHolding>()
        .AddScoped<Consult>().AddScoped<TakeConsultation>().AddScoped<LookForTraces>().AddScoped<AskForRevision>()
        .AddScoped<ProposeDecision>().AddScoped<SendBackDecision>().AddScoped<ConfirmDecision>().AddScoped<TellApplicant>().AddScoped<BlockMeanwhile>()
        .AddScoped<ListAsked>().AddScoped<ReadAsked>().AddScoped<AnswerConsultation>()
        .AddKeyedScoped<ILetterReader, ConsultationReader>(ConsultationLetter.Kind).AddKeyedScoped<ILetterReader, ConsultationAnswerReader>(ConsultationAnswerLetter.Kind).AddScoped<IMenuCounter, RequestsOpen>();

    public void AddTables(ModelBuilder model) => RequestsTables.AddTo(model);

    public void MapApi(IEndpointRouteBuilder routes) => RequestsApi.Map(routes);

    public IEnumerable<MenuEntry> Menu => [new("menu.group.oversight", "menu.requests", "/requests", "user-round-check", nameof(Right.HandleRequests))];
}

/// <summary>The number in the rail, for who handles requests; the entry is not there for anybody else.</summary>
internal sealed class RequestsOpen(ListRequests requests, ListAsked asked) : IMenuCounter
{
    public string Address => "/requests";

    public async Task<MenuCount> CountAsync(Caller caller, CancellationToken cancel) => new(await requests.OpenAsync(cancel) + await asked.OpenAsync(cancel), CanBeLate: true);
}
