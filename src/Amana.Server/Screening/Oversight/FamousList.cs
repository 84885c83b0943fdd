using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Screening;

/// <summary>People who are asked for out of curiosity: politicians, sportsmen, singers. A bureau brings its own; the names are sealed, for a list of
/// them says whom a bureau thinks of.</summary>
internal sealed class FamousList : SealedRow
{
    public const int NamesMost = 5_000;
    /// <summary>Of the file.</summary>
    public const int BytesMax = 1 << 20;

    private string[]? _names;

    public required Id<FamousList> Id { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary><see cref="Actor"/> as text.</summary>
    public required string By { get; init; }
    public required int Count { get; init; }

    public required IReadOnlyList<string> Names
    {
        get => _names ??= FieldTexts.Split(Plain!, Count);
        init => (_names, Plain) = ([.. value], FieldTexts.Join([.. value]));
    }

    protected override string Place => $"famous-list/{Id}";
}
