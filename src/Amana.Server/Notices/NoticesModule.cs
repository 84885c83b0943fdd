using Amana.Server.Foundation;

namespace Amana.Server.Notices;

internal sealed class NoticesModule : IModule;
