using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Sealing.Notes;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;

namespace Amana.Server.Witness;

/// <summary>The line to a bureau of the directory that witnesses our journal: signed requests, so that neither side types keys.</summary>
internal sealed class BureauWitnessLine(BureauLine line, BureauBook book, JournalProof proof, TimeProvider clock)
{
    public const string Path = "exchange/v1/witness", CheckpointPath = Path + "/checkpoint";

    /// <param name="Key">Verifier key of the co-signatures, <c>name+id+key</c>.</param>
    public sealed record KeyBody(string? Key);

    /// <param name="Key">Verifier key of our journal.</param>
    /// <param name="Request"><see cref="CheckpointRequest"/>, base64.</param>
    public sealed record CheckpointBody(string? Key, byte[]? Request);

    /// <summary>With which key that bureau co-signs, as it says itself, signed.</summary>
    public async Task<NoteKey?> AskKeyAsync(BureauCode bureau, CancellationToken cancel)
    {
        if (!book.Exchanges(bureau) || book.Find(bureau) is not { } entry) return null;
        var answer = await line.SendAsync(entry.Address, HttpMethod.Get, Path, default, null, isSigned: true, cancel);
        var now = clock.GetUtcNow();
        if (answer.Status != 200 || BureauStatement.Read(Encoding.ASCII.GetString(answer.Bytes), bureau, name => book.SigningKey(name, now)) is not { } said) return null;
        return Read<KeyBody>(said)?.Key is { } text && NoteKey.TryParse(text, out var key) && key!.Algorithm is NoteAlgorithm.Cosignature ? key : null;
    }

    public async Task<WitnessLine.Answer> SendAsync(BureauCode bureau, CheckpointRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!book.Exchanges(bureau) || book.Find(bureau) is not { } entry) return new([], null, Away: true);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new CheckpointBody(proof.Now.Key, request.ToBytes()), JsonRules.Options);
        var answer = await line.SendAsync(entry.Address, HttpMethod.Post, CheckpointPath, body, "application/json", isSigned: true, cancel);
        string said = Encoding.UTF8.GetString(answer.Bytes);
        if (answer.Status == 409 && long.TryParse(said.AsSpan().TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out long known)) return new([], known, false);
        if (answer.Status == 200) return new(NoteSignature.TryParse(said.TrimEnd('\n'), out var signature) ? [signature!] : [], null, false);
        return new([], null, answer.Status is 0 or >= 500 or 401 or 429, IsAsked: answer.Status == 403 && answer.Word == "not-agreed");
    }

    internal static T? Read<T>(byte[] bytes) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, JsonRules.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
