using Amana.Server.Foundation;

namespace Amana.Server.Upkeep;

/// <summary>The operator's part: moving the data as a whole.</summary>
internal sealed class UpkeepModule : IModule;
