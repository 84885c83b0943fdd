using System.Text.Json;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Notices;

/// <summary>What became of a notice where somebody worked with it.</summary>
public enum SightingKind
{
    Seen,
    Located,
    Arrested,
    Identified,
    /// <summary>It was somebody else.</summary>
    NotThePerson,
}

/// <summary>A bureau tells the owner of a notice that the person or thing was met with. Source: domain.md 1.9 (RPD, article 87).</summary>
internal sealed class Sighting : SealedRow
{
    public const int PlaceCharsMax = 200, TextCharsMax = 2_000;

    public required Id<Sighting> Id { get; init; }
    public required Id<Notice> Notice { get; init; }
    public required SightingKind Kind { get; init; }
    public required DateOnly On { get; init; }
    public required string Bureau { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    public string Where => Said[0];
    public string Text => Said[1];

    protected override string Place => $"notice-sighting/{Id}";

    private string[] Said => Plain is { } plain ? JsonSerializer.Deserialize<string[]>(plain)! : ["", ""];

    public Sighting Say(string where, string text)
    {
        Plain = JsonSerializer.SerializeToUtf8Bytes<string[]>([where, text]);
        return this;
    }

    /// <summary>The purpose of the notice is met; its owner has to act.</summary>
    public static bool IsFound(SightingKind kind) => kind is SightingKind.Located or SightingKind.Arrested or SightingKind.Identified;
}
