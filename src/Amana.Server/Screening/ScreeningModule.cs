using Amana.Server.Foundation;

namespace Amana.Server.Screening;

internal sealed class ScreeningModule : IModule;
