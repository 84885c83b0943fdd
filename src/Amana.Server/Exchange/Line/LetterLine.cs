using System.Text;
using System.Text.Json;
using Amana.Exchange.Directory;
using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Line;

/// <summary>Shows envelopes to their recipients, directly or by way of their relay.</summary>
internal sealed class LetterLine(BureauLine line, BureauBook book) : IPostLine
{
    public const string LettersPath = "exchange/v1/letters", EnvelopeType = "application/amana-envelope+json", ReceiptType = "application/jose";

    public async Task<LineAnswer> DeliverAsync(BureauCode peer, byte[] envelope, CancellationToken cancel)
    {
        if (book.Find(peer) is not { } entry) return LineAnswer.Later("unknown");
        if (!book.Exchanges(peer)) return LineAnswer.Later(entry.State is BureauState.Suspended ? "suspended" : "refused-by-us");
        var answer = entry.Relay is { } relay && relay != book.Self && book.Find(relay) is { State: not BureauState.Suspended } by
            ? await line.SendAsync(by.Address, HttpMethod.Post, $"exchange/v1/relay/{peer}", envelope, EnvelopeType, isSigned: true, cancel)
            : await line.SendAsync(entry.Address, HttpMethod.Post, LettersPath, envelope, EnvelopeType, isSigned: true, cancel);
        return Read(answer);
    }

    /// <summary>What the other server's answer means for the letter.</summary>
    internal static LineAnswer Read(BureauLine.Answer answer) => answer.Status switch
    {
        200 => new(Encoding.ASCII.GetString(answer.Bytes), null),
        0 => LineAnswer.Away,
        // Only a refusal of the letter itself is for good. Clocks, keys, disks and terms change, and then it goes through.
        422 => new(null, WordOf(answer.Bytes) ?? "refused"),
        202 => LineAnswer.Later("at-relay"),
        _ => LineAnswer.Later(WordOf(answer.Bytes) ?? "away"),
    };

    /// <summary>The part after the point of a problem's code, such as <c>time</c> of <c>exchange.time</c>.</summary>
    private static string? WordOf(byte[] problem)
    {
        try
        {
            using var json = JsonDocument.Parse(problem);
            string? code = json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var said) && said.ValueKind is JsonValueKind.String ? said.GetString() : null;
            string? word = code?[(code.LastIndexOf('.') + 1)..];
            return word is { Length: > 0 and <= 40 } && word.All(c => char.IsAsciiLetterLower(c) || c == '-') ? word : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
