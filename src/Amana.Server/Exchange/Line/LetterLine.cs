using System.Text;
using Amana.Exchange.Directory;
using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Line;

/// <summary>Shows envelopes to their recipients, directly or by way of their relay.</summary>
internal sealed class LetterLine(BureauLine line, BureauBook book) : IPostLine
{
    public const string LettersPath = "exchange/v1/letters", EnvelopeType = "application/amana-envelope+json", ReceiptType = "application/jose";

    public async Task<IReadOnlyList<LineAnswer>> DeliverAsync(BureauCode peer, IReadOnlyList<byte[]> envelopes, CancellationToken cancel)
    {
        if (book.Find(peer) is not { } entry) return [LineAnswer.Later("unknown")];
        if (!book.Exchanges(peer)) return [LineAnswer.Later(entry.State is BureauState.Suspended ? "suspended" : "refused-by-us")];
        // A relay holds each envelope on its own.
        if (entry.Relay is { } relay && relay != book.Self && book.Find(relay) is { State: not BureauState.Suspended } by)
        {
            return [Read(await line.SendAsync(by.Address, HttpMethod.Post, $"exchange/v1/relay/{peer}", envelopes[0], EnvelopeType, isSigned: true, cancel))];
        }

        return await ShowAsync(line, entry.Address, envelopes, cancel);
    }

    /// <summary>Shows envelopes to the server at that address, whose they are.</summary>
    internal static async Task<IReadOnlyList<LineAnswer>> ShowAsync(BureauLine line, Uri address, IReadOnlyList<byte[]> envelopes, CancellationToken cancel)
    {
        var answer = await line.SendAsync(address, HttpMethod.Post, LettersPath, Join(envelopes), EnvelopeType, isSigned: true, cancel);
        return answer.Status == 200 ? [.. Encoding.ASCII.GetString(answer.Bytes).Split('\n').Take(envelopes.Count).Select(r => new LineAnswer(r, null))] : [Read(answer)];
    }

    /// <summary>Several envelopes are JSON of one line each, one after another.</summary>
    internal static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> body)
    {
        var lines = new List<byte[]>();
        foreach (var range in body.Split((byte)'\n'))
        {
            lines.Add(body[range].ToArray());
            if (lines.Count == PostOffice.LettersMost) break;
        }

        return lines;
    }

    private static byte[] Join(IReadOnlyList<byte[]> envelopes)
    {
        if (envelopes.Count == 1) return envelopes[0];
        using var body = new MemoryStream(envelopes.Sum(e => e.Length + 1));
        foreach (byte[] envelope in envelopes)
        {
            if (body.Length > 0) body.WriteByte((byte)'\n');
            body.Write(envelope);
        }

        return body.ToArray();
    }

    /// <summary>What the other server's answer means for the one letter.</summary>
    private static LineAnswer Read(BureauLine.Answer answer) => answer.Status switch
    {
        200 => new(Encoding.ASCII.GetString(answer.Bytes), null),
        0 => LineAnswer.Away,
        // Only a refusal of the letter itself is for good. Clocks, keys, disks and terms change, and then it goes through.
        422 => new(null, answer.Word ?? "refused"),
        202 => LineAnswer.Later("at-relay"),
        _ => LineAnswer.Later(answer.Word ?? "away"),
    };
}
