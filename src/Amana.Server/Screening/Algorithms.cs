namespace Amana.Server.Screening;

/// <summary>The one algorithm, and the names under which clients of yente ask for it.</summary>
internal static class Algorithms
{
    public const string Own = "amana";

    /// <summary>Other names of the own algorithm. Source: interfaces of Amana, "HTTP matching".</summary>
    private static readonly string[] Others = ["best", "logic-v1", "logic-v2", "name-based", "name-qualified"];

    /// <summary>What is compared. The weights are data of the engine: src/Amana.Matching.</summary>
    public static IReadOnlyDictionary<string, FeatureDoc> Features { get; } = new Dictionary<string, FeatureDoc>(StringComparer.Ordinal)
    {
        ["name"] = new("The names, token by token and across scripts; rare tokens weigh more, particles and titles nothing. peopleInMillion: how many people are thought to share the name.", 1.0),
        ["birthDate"] = new("Birth dates with missing parts and swapped day and month. Never lifts a poor name; another year pulls the score down.", 0.2),
        ["country"] = new("Nationalities and countries; common ones say little.", 0.05),
        ["sex"] = new("Another sex pulls the score down.", 0.15),
        ["idNumber"] = new("Numbers of documents and registers, with their check digits and the confusion of O and 0.", 0.3),
    };

    public static AlgorithmsAnswer Answer { get; } = new()
    {
        Algorithms = [.. Others.Prepend(Own).Select(name => new AlgorithmDoc(name,
            name == Own ? "Explained matching of names across scripts, with the other fields as evidence." : $"Another name of {Own}.", Features, Features))],
        Default = Own,
        Best = Own,
    };

    public static bool IsKnown(string? name) => name is null or Own || Others.Contains(name, StringComparer.Ordinal);
}

/// <param name="Coefficient">About how much of the score the feature can move; the exact share of one answer is in its explanation.</param>
internal sealed record FeatureDoc(string Description, double Coefficient, string Url = "/api");

internal sealed record AlgorithmDoc(
    string Name, string Description, IReadOnlyDictionary<string, FeatureDoc> Features, IReadOnlyDictionary<string, FeatureDoc> Docs);

internal sealed record AlgorithmsAnswer
{
    public required IReadOnlyList<AlgorithmDoc> Algorithms { get; init; }
    public required string Default { get; init; }
    public required string Best { get; init; }
}
