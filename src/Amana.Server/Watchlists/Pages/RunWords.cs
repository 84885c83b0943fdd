namespace Amana.Server.Watchlists.Pages;

/// <summary>States and stages as the words that texts are kept under.</summary>
internal static class RunWords
{
    public static string Of(RunState state) => state.ToString().ToLowerInvariant();

    public static string Of(RunStage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>As the pipeline draws it.</summary>
    public static Web.Components.StageState Drawn(StageState state) => state switch
    {
        StageState.Done => Web.Components.StageState.Done,
        StageState.Now => Web.Components.StageState.Now,
        StageState.Waits => Web.Components.StageState.Held,
        StageState.Ended => Web.Components.StageState.Failed,
        _ => Web.Components.StageState.Ahead,
    };
}
