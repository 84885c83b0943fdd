using Amana.Server.Foundation;

namespace Amana.Server.Screening;

/// <summary>"Not the same", remembered for a question and a record, as both were when an officer said so.</summary>
internal sealed class SettledPair
{
    public required string Bureau { get; init; }
    public required string QuestionFingerprint { get; init; }
    public required string List { get; init; }
    public required string EntityId { get; init; }
    public required string RecordFingerprint { get; set; }
    public required Id<Hit> Hit { get; set; }
    public required string HitReference { get; set; }
    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }

    /// <summary>False once the record has changed: the pair is then open again.</summary>
    public bool HoldsFor(string recordFingerprint) => RecordFingerprint == recordFingerprint;
}
