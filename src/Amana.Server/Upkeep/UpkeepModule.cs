using Amana.Server.Foundation;

namespace Amana.Server.Upkeep;

/// <summary>The operator's part: the data as a whole, moved, backed up and restored.</summary>
internal sealed class UpkeepModule : IModule;
