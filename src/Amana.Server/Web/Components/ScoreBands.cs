namespace Amana.Server.Web.Components;

/// <summary>How a score is called: strong from 0.90, probable from 0.75, possible below.</summary>
public enum ScoreBand { Strong, Probable, Possible }

public static class ScoreBands
{
    public static ScoreBand Of(double score) => Formats.Score(score) switch { >= 90 => ScoreBand.Strong, >= 75 => ScoreBand.Probable, _ => ScoreBand.Possible };

    /// <summary>Text key: <c>band.strong</c> names the match, <c>bands.strong</c> heads a list.</summary>
    public static string Key(this ScoreBand band) => band switch { ScoreBand.Strong => "strong", ScoreBand.Probable => "probable", _ => "possible" };
}
