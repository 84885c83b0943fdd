using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amana.Exchange.Handling;
using Amana.Vocabulary;

namespace Amana.Exchange.Envelopes;

/// <summary>What a mark says of words that somebody shows.</summary>
public enum MarkFinding
{
    /// <summary>The bureau wrote these words, then, under that handling.</summary>
    Fits,
    /// <summary>No mark, or one by a key that nobody believes now: nothing is known.</summary>
    Unknown,
    /// <summary>It is a mark of other words, or of no such bureau: somebody altered or made them up.</summary>
    Wrong,
}

/// <summary>Words of a letter as their originator signs them by themselves, so that whoever quotes them can prove them without showing the letter. It holds a hash of
/// the words and not the words. Specification: docs/specs/messages.md.</summary>
/// <param name="Letter">Which letter.</param>
/// <param name="From">Its originator, who signs.</param>
/// <param name="At">When it was written, in whole seconds.</param>
/// <param name="Text">The words, without white space at their ends.</param>
/// <param name="Handling">What their originator gave them.</param>
public sealed record WordsMark(Guid Letter, BureauCode From, DateTimeOffset At, string Text, ItemHandling Handling)
{
    internal const string Type = "amana-words+jws";
    private const int CharsMost = 96 * 1024;

    public string Sign(LetterSigner signer)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("letter", Letter);
            json.WriteString("from", From.Value);
            json.WriteString("at", AtWord);
            json.WriteString("words", HashOf(Text));
            json.WritePropertyName("handling");
            HandlingJson.Write(json, Handling);
            json.WriteEndObject();
        }

        return CompactSignature.Sign(bytes.WrittenSpan, Type, signer);
    }

    /// <summary>Whether it is the mark of these words. The audience may differ: to whom they were released later is not in it.</summary>
    /// <param name="form">As it came; null: there was none.</param>
    /// <param name="publicKeyOf">32 bytes of the signing key of that name, good at that moment; null when there is none.</param>
    public MarkFinding Check(string? form, Func<string, DateTimeOffset, byte[]?> publicKeyOf)
    {
        ArgumentNullException.ThrowIfNull(publicKeyOf);
        if (form is null) return MarkFinding.Unknown;
        if (form.Length > CharsMost || CompactSignature.NameOf(form) is not { } name || KeyName.BureauOf(name) != From || CompactSignature.PayloadOf(form) is not { } payload || !Says(payload)) return MarkFinding.Wrong;
        return publicKeyOf(name, At) is not { } key ? MarkFinding.Unknown : CompactSignature.Check(form, Type, key) is null ? MarkFinding.Wrong : MarkFinding.Fits;
    }

    private string AtWord => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private bool Says(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 8 });
            var json = document.RootElement;
            return json.GetProperty("v").GetInt32() == 1 && json.GetProperty("letter").GetGuid() == Letter && json.GetProperty("from").GetString() == From.Value && json.GetProperty("at").GetString() == AtWord
                && json.GetProperty("words").GetString() == HashOf(Text) && HandlingJson.Read(json.GetProperty("handling")) is { } signed && signed.For(Handling.Audience).Equals(Handling);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static string HashOf(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
