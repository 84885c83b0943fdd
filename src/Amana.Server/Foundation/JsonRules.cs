using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amana.Vocabulary;

namespace Amana.Server.Foundation;

/// <summary>How everything the API reads and writes is spelled: camelCase, Arabic as Arabic, enums and keys as words.</summary>
public static class JsonRules
{
    /// <summary>Deepest nesting that is read; deeper is refused before it can exhaust the stack.</summary>
    public const int MaxDepth = 64;

    public static JsonSerializerOptions Options { get; } = Frozen();

    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MaxDepth = MaxDepth;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new IdJson());
        options.Converters.Add(new BureauCodeJson());
    }

    private static JsonSerializerOptions Frozen()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class IdJson : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Id<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GenericTypeArguments[0]))!;

        private sealed class Of<T> : JsonConverter<Id<T>>
        {
            public override Id<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());
            public override void Write(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
        }
    }

    private sealed class BureauCodeJson : JsonConverter<BureauCode>
    {
        public override BureauCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            BureauCode.TryParse(reader.GetString(), null, out var code) ? code : throw new JsonException("A bureau code is two to six capital letters.");

        public override void Write(Utf8JsonWriter writer, BureauCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
