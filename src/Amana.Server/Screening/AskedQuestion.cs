using System.Text;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Screening;

/// <summary>That something was asked, and apart from it what. The journal entry names it by its key and holds no name of a person.</summary>
internal sealed class AskedQuestion
{
    public required Id<AskedQuestion> Id { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary><see cref="Actor"/> as text.</summary>
    public required string Who { get; init; }
    public required string Bureau { get; init; }
    public required string Purpose { get; init; }
    public required AskedVia Via { get; init; }
    /// <summary>1, or the lines of a chunk of a stream.</summary>
    public required int Count { get; init; }
    /// <summary>See <see cref="QuestionPrints"/>; of a chunk, of its bytes.</summary>
    public required string Fingerprint { get; init; }
    /// <summary>JSON object: list name to version.</summary>
    public required string Lists { get; init; }
    /// <summary>JSON of the question, sealed, in base64; null for a chunk, and once deleted by law or by its period.</summary>
    public string? Body { get; private set; }

    /// <summary>Keeps what was asked so that a copy of the database alone does not tell it.</summary>
    public void Keep(string body, FieldSealer sealer)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        Body = Convert.ToBase64String(sealer.Seal(Encoding.UTF8.GetBytes(body), Place));
    }

    /// <summary>What was asked; null when it is not kept (any more).</summary>
    public string? Open(FieldSealer sealer)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        return Body is null ? null : Encoding.UTF8.GetString(sealer.Open(Convert.FromBase64String(Body), Place));
    }

    private string Place => $"asked-question/{Id}";

    public void Forget() => Body = null;
}

/// <summary>By which door a question came.</summary>
internal enum AskedVia { Page, Screening, Stream, Batch, Match, Search, Decision, Draft }
