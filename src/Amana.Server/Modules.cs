using Amana.Server.Access;
using Amana.Server.BlindQuestions;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.LostAndStolen;
using Amana.Server.News;
using Amana.Server.Notices;
using Amana.Server.PublicNotices;
using Amana.Server.Requests;
using Amana.Server.Screening;
using Amana.Server.Threads;
using Amana.Server.Tips;
using Amana.Server.Upkeep;
using Amana.Server.Uploads;
using Amana.Server.Watchlists;
using Amana.Server.Witness;

namespace Amana.Server;

/// <summary>The table of contents. A module may use only those above it.</summary>
internal static class Modules
{
    public static IReadOnlyList<IModule> InOrder { get; } =
    [
        new KeysModule(),
        new JournalModule(),
        new AccessModule(),
        new UploadsModule(),
        new PublicNoticesModule(),
        new ExchangeModule(),
        new WitnessModule(),
        new ThreadsModule(),
        new WatchlistsModule(),
        new ScreeningModule(),
        new LostAndStolenModule(),
        new NoticesModule(),
        new BlindQuestionsModule(),
        new NewsModule(),
        new TipsModule(),
        new RequestsModule(),
        new UpkeepModule(),
    ];
}
