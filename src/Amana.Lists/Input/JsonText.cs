using System.Text;
using System.Text.Json;

namespace Amana.Lists.Input;

/// <summary>Strings out of a JSON row that may hold anything.</summary>
internal static class JsonText
{
    /// <summary>Deeper rows are set aside: no layout here is deeper than 12.</summary>
    public const int DepthMax = 64;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = DepthMax, CommentHandling = JsonCommentHandling.Disallow };

    public static Utf8JsonReader Reader(ReadOnlySpan<byte> row) => new(row, Options);

    /// <summary>The string, number or truth value under the reader as text; null for null.</summary>
    /// <param name="code">Why it is no text, otherwise null. Objects and arrays are passed over.</param>
    public static string? Read(ref Utf8JsonReader reader, out string? code)
    {
        code = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return ReadString(ref reader, out code);
            case JsonTokenType.Number: return Encoding.ASCII.GetString(reader.ValueSpan);
            case JsonTokenType.True: return "true";
            case JsonTokenType.False: return "false";
            case JsonTokenType.Null: return null;
            default:
                code = ListCodes.WrongType;
                reader.Skip();
                return null;
        }
    }

    private static string? ReadString(ref Utf8JsonReader reader, out string? code)
    {
        code = null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            code = e.InnerException is DecoderFallbackException ? ListCodes.InvalidUtf8 : ListCodes.BrokenSurrogate;
            return null;
        }
    }

    /// <summary>Name of the property under the reader; names over 100 bytes or with escapes have no meaning here.</summary>
    public static Property PropertyName(ref Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan;
        if (bytes.Length > 100 || reader.ValueIsEscaped) return new Property("", ValueKind.Text);
        Span<char> name = stackalloc char[100];
        return Encoding.UTF8.TryGetChars(bytes, name, out int n) ? KnownProperties.Of(name[..n]) : new Property("", ValueKind.Text);
    }

    public static string ReasonOf(string code) => code switch
    {
        ListCodes.InvalidUtf8 => "The value is not valid UTF-8.",
        ListCodes.BrokenSurrogate => "The value holds half a character (an unpaired surrogate).",
        _ => "The value is neither text nor number.",
    };

    /// <summary>True for what reading a row may raise: no JSON, or a name of a property that holds broken characters.</summary>
    public static bool IsOfTheRow(Exception e) => e is JsonException or InvalidOperationException { Source: "System.Text.Json" or "System.Text.Json.Rethrowable" };

    /// <summary>What is wrong with a row that is no JSON.</summary>
    public static (string Code, string Reason) Explain(Exception e) => e switch
    {
        JsonException deep when deep.Message.Contains("maximum configured depth", StringComparison.Ordinal) =>
            (ListCodes.JsonTooDeep, $"The row is nested deeper than {DepthMax}."),
        JsonException json => (ListCodes.Json, $"The row is not valid JSON at byte {json.BytePositionInLine + 1}."),
        { InnerException: DecoderFallbackException } => (ListCodes.InvalidUtf8, "The row is not valid UTF-8."),
        _ => (ListCodes.BrokenSurrogate, "The row holds half a character (an unpaired surrogate) where none can be left out."),
    };
}
