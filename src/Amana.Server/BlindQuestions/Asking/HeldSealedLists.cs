using System.Collections.Concurrent;
using System.Security.Cryptography;
using Amana.Exchange.Private;
using Amana.Server.BlindQuestions.Asked;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Line;
using Amana.Vocabulary;

namespace Amana.Server.BlindQuestions.Asking;

/// <summary>The sealed lists that other bureaus gave us, each of the epoch that it was fetched in. In memory: they are worth nothing after a day.</summary>
internal sealed class HeldSealedLists(BureauLine line, BureauBook book)
{
    private const int BytesMost = 256 * 1024 * 1024;

    private readonly ConcurrentDictionary<BureauCode, (long Epoch, byte[] Sha256, SealedList List)> _held = new();

    /// <returns>Null when it does not come whole, or is not the one that was announced.</returns>
    public async Task<SealedList?> OfAsync(BureauCode bureau, AnswerBlind.Terms terms, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (_held.TryGetValue(bureau, out var held) && held.Epoch == terms.Epoch && held.Sha256.AsSpan().SequenceEqual(terms.Sha256)) return held.List;
        if (terms.Bytes is < 0 or > BytesMost || book.Find(bureau) is not { } entry) return null;
        byte[] coded = new byte[terms.Bytes];
        int got = 0;
        // A line that breaks goes on where it was, a few times.
        for (int tries = 0; tries < 5 && got < coded.Length; tries++)
        {
            using var answer = await line.OpenAsync(entry.Address, $"exchange/v1/blind/{terms.Epoch}/list", got == 0 ? null : new(got, null), cancel);
            if (answer is null || (int)answer.StatusCode is not (200 or 206) || (got > 0 && (int)answer.StatusCode != 206)) return null;
            try
            {
                await using var body = await answer.Content.ReadAsStreamAsync(cancel);
                int read;
                while (got < coded.Length && (read = await body.ReadAsync(coded.AsMemory(got), cancel)) > 0) got += read;
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                // the next attempt asks for what is missing
            }
        }

        if (got != coded.Length || !SHA256.HashData(coded).AsSpan().SequenceEqual(terms.Sha256) || SealedList.Read(coded) is not { } list) return null;
        _held[bureau] = (terms.Epoch, terms.Sha256, list);
        return list;
    }
}
