using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

internal sealed class WatchlistsModule : IModule;
