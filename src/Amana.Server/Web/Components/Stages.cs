namespace Amana.Server.Web.Components;

/// <summary>One stage of a run, as the pipeline draws it.</summary>
/// <param name="Name">Translated.</param>
/// <param name="Detail">Count or size; null for none.</param>
/// <param name="Pace">Speed or time taken; null for none.</param>
public sealed record Stage(string Name, StageState State, string? Detail = null, string? Pace = null);

public enum StageState { Ahead, Now, Done, Held, Failed }
