using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Amana.Vocabulary;

namespace Amana.Exchange.Envelopes;

/// <summary>How far a letter came at a bureau.</summary>
public enum LetterStep
{
    /// <summary>It is stored there; nothing more is said.</summary>
    Stored,
    /// <summary>A person opened it.</summary>
    Read,
    /// <summary>What it asks was done or answered: a notice deleted, a request answered.</summary>
    Acted,
}

/// <summary>What a bureau signs for a letter that it has: who wrote it, how far it came, and when. Specification: docs/specs/envelope.md.</summary>
/// <param name="Letter">Id of the letter.</param>
/// <param name="From">Who wrote it.</param>
/// <param name="By">Who has it and signs.</param>
/// <param name="At">In whole seconds, by the clock of <paramref name="By"/>.</param>
public sealed record LetterReceipt(Guid Letter, BureauCode From, BureauCode By, LetterStep Step, DateTimeOffset At)
{
    internal const string Type = "amana-receipt+jws";
    private const int CharsMost = 2048;
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public string Sign(LetterSigner signer)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("letter", Letter);
            json.WriteString("from", From.ToString());
            json.WriteString("by", By.ToString());
            json.WriteString("step", Word(Step));
            json.WriteString("at", At.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return CompactSignature.Sign(bytes.WrittenSpan, Type, signer);
    }

    /// <param name="publicKeyOf">32 bytes of the signing key of that name, good at that moment; null when there is none.</param>
    /// <returns>Null when it is no receipt, or is not signed by the bureau that it says it is of.</returns>
    public static LetterReceipt? Read(string? form, Func<string, DateTimeOffset, byte[]?> publicKeyOf)
    {
        ArgumentNullException.ThrowIfNull(publicKeyOf);
        if (form is null || form.Length > CharsMost || CompactSignature.PayloadOf(form) is not { } payload || Parse(payload) is not { } receipt) return null;
        if (CompactSignature.NameOf(form) is not { } name || KeyName.BureauOf(name) != receipt.By || publicKeyOf(name, receipt.At) is not { } key) return null;
        return CompactSignature.Check(form, Type, key) is null ? null : receipt;
    }

    private static LetterReceipt? Parse(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 4 });
            var json = document.RootElement;
            if (json.GetProperty("v").GetInt32() != 1 || StepOf(json.GetProperty("step").GetString()) is not { } step) return null;
            if (!BureauCode.TryParse(json.GetProperty("from").GetString(), null, out var from) || !BureauCode.TryParse(json.GetProperty("by").GetString(), null, out var by)) return null;
            return DateTimeOffset.TryParseExact(json.GetProperty("at").GetString(), Seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? new(json.GetProperty("letter").GetGuid(), from, by, step, at) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string Word(LetterStep step) => step switch { LetterStep.Stored => "stored", LetterStep.Read => "read", _ => "acted" };

    private static LetterStep? StepOf(string? word) => word switch { "stored" => LetterStep.Stored, "read" => LetterStep.Read, "acted" => LetterStep.Acted, _ => null };
}
