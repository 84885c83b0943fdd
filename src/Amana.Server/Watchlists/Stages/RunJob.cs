using Amana.Lists;
using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>What the stages of one run share.</summary>
/// <param name="List">As it was when the run began.</param>
/// <param name="Version">The version being made.</param>
/// <param name="FirstKey">Rows the version brings have a key from here on.</param>
/// <param name="Before">How many entities the list has.</param>
internal sealed record RunJob(RunAtWork Work, WatchList List, ListSource Source, int Version, long FirstKey, int Before)
{
    public Id<ImportRun> Run => Work.Id;
    public RunProgress Progress => Work.Progress;
    public int ListNumber => List.Number;
    /// <summary>How many entities the new version has.</summary>
    public int After => Before + Progress.Added - Progress.Removed;
}
