using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>Which version of a list answers is written to the database and shown on the shelf as one step: publishing, undoing,
/// removing, restoring and purging take turns here, so that the shelf never shows what the database has just taken back.</summary>
/// <remarks>Hold it from reading the list to the change of the shelf, and no longer: others wait.</remarks>
internal sealed class ListSwitch : Turns;
