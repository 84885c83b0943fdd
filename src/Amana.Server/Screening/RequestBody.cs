using System.Text.Json;
using Amana.Server.Foundation;

namespace Amana.Server.Screening;

/// <summary>The body of a question: read whole, bounded, and never trusted.</summary>
internal static class RequestBody
{
    public const int BytesMax = 16 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonRules.MaxDepth };

    public static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > BytesMax) return ScreeningRefusals.BodyTooLarge;
        using var body = new MemoryStream();
        byte[] buffer = new byte[32 << 10];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancel)) > 0)
        {
            if (body.Length + read > BytesMax) return ScreeningRefusals.BodyTooLarge;
            body.Write(buffer, 0, read);
        }
        var bytes = (ReadOnlyMemory<byte>)body.ToArray();
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    /// <summary>The body as JSON whose property names are all readable.</summary>
    public static async Task<Result<JsonDocument>> ReadJsonAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!(await ReadAsync(request, cancel)).Succeeded(out var bytes, out var refused)) return refused;
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(bytes, Options);
        }
        catch (JsonException unreadable)
        {
            if (unreadable.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return ScreeningRefusals.BodyTooDeep;
            return ScreeningRefusals.BodyUnreadable with { Detail = $"{ScreeningRefusals.BodyUnreadable.Detail} Line {unreadable.LineNumber + 1}, byte {unreadable.BytePositionInLine + 1}." };
        }
        if (HasReadableNames(document.RootElement)) return document;
        document.Dispose();
        return ScreeningRefusals.TextBroken;
    }

    private static bool HasReadableNames(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(p => JsonText.TryName(p, out _) && HasReadableNames(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(HasReadableNames),
        _ => true,
    };
}
