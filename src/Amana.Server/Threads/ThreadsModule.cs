using Amana.Server.Access;
using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>What bureaus write to each other about one matter: messages, requests, answers, under the handling that each gave its words.</summary>
internal sealed class ThreadsModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SubjectIndex>().AddScoped<ThreadBook>().AddScoped<ThreadDesk>().AddScoped<SpecimenThreads>()
            .AddScoped<SendMessage>().AddScoped<ReadThread>().AddScoped<ListThreads>().AddScoped<AssignThread>().AddScoped<CloseThread>().AddScoped<RecallMessage>()
            .AddScoped<AskRelease>().AddScoped<AnswerRelease>().AddScoped<ExportThread>().AddScoped<CountThreads>()
            .AddSingleton<FileShelf>().AddSingleton<FileTurns>().AddScoped<BeginFile>().AddScoped<AppendFile>().AddScoped<GiveFile>().AddScoped<ReadFile>()
            .AddSingleton<FetchFiles>().AddHostedService(s => s.GetRequiredService<FetchFiles>())
            .AddKeyedScoped<ILetterReader, TakeOutcome>(ThreadLetter.Outcome).AddKeyedScoped<ILetterReader, TakeRecall>(ThreadLetter.Recall)
            .AddKeyedScoped<ILetterReader, TakeReleaseRequest>(ThreadLetter.ReleaseRequest).AddKeyedScoped<ILetterReader, TakeReleaseAnswer>(ThreadLetter.ReleaseAnswer)
            .AddScoped<IRestrictableKind, ThreadKind>()
            .AddScoped<ThreadsAtWork>().AddScoped<IMenuCounter>(s => s.GetRequiredService<ThreadsAtWork>()).AddScoped<IDeskSource>(s => s.GetRequiredService<ThreadsAtWork>())
            .AddScoped<IPaletteSource>(s => s.GetRequiredService<ThreadsAtWork>()).AddScoped<INotificationSource>(s => s.GetRequiredService<ThreadsAtWork>())
            .AddSingleton<ThreadClock>().AddHostedService(s => s.GetRequiredService<ThreadClock>());
        foreach (var (word, kind) in ((string, MessageKind)[])[(ThreadLetter.Message, MessageKind.Message), (ThreadLetter.Request, MessageKind.Request), (ThreadLetter.Answer, MessageKind.Answer)])
        {
            services.AddKeyedScoped<ILetterReader>(word, (s, _) => new TakeThreadLetter(word, kind, s.GetRequiredService<ThreadBook>(), s.GetRequiredService<JournalWriter>(), s.GetRequiredService<TimeProvider>()));
        }
    }

    public void AddTables(ModelBuilder model) => ThreadsTables.AddTo(model);

    /// <summary>What an originator allowed, and that it did, nobody changes afterwards.</summary>
    public IEnumerable<GuardedTable> GuardedTables => [new("thread_releases", "A release is a signed fact: it is never changed.")];

    public Task AddSpecimensAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<SpecimenThreads>().AddAsync(cancel);

    public void MapApi(IEndpointRouteBuilder routes) => ThreadsApi.Map(routes);

    public IEnumerable<MenuEntry> Menu => [new(null, "menu.messages", "/messages", "mail", nameof(Right.ReadMessages))];
}
