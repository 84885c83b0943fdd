using System.IO.Compression;
using System.Text.Json;
using Amana.Exchange.Fields;
using Amana.Tests;

namespace Amana.Exchange.Tests.Fields;

/// <summary>All cases of the working group's structured-field tests.</summary>
public class FieldVectorTests
{
    [Fact]
    public void Every_case_is_read_or_refused_as_it_says_and_written_in_its_one_form()
    {
        int cases = 0;
        var wrong = new List<string>();
        foreach (var (file, one) in Cases())
        {
            cases++;
            if (Check(one, isWritten: file.StartsWith("serialisation", StringComparison.Ordinal)) is { } what) wrong.Add($"{file}: {one.GetProperty("name")}: {what}");
        }

        wrong.ShouldBeEmpty();
        cases.ShouldBe(2_124);
    }

    private static string? Check(JsonElement one, bool isWritten)
    {
        bool mustFail = one.TryGetProperty("must_fail", out var fail) && fail.GetBoolean(), canFail = one.TryGetProperty("can_fail", out var can) && can.GetBoolean();
        string kind = one.GetProperty("header_type").GetString()!;
        if (isWritten)
        {
            string? written = Written(kind, () => Build(kind, one.GetProperty("expected")));
            if (mustFail) return written is null ? null : "was written";
            return written == string.Join(", ", Texts(one.GetProperty("canonical"))) ? null : $"was written {written}";
        }

        string[] raw = Texts(one.GetProperty("raw"));
        object? read = Read(kind, raw);
        if (mustFail) return read is null ? null : "was read";
        if (read is null) return canFail ? null : "was refused";
        string expected = Show(Build(kind, one.GetProperty("expected")));
        if (Show(read) != expected) return canFail ? null : $"was read as {Show(read)}, not {expected}";
        string canonical = string.Join(", ", one.TryGetProperty("canonical", out var form) ? Texts(form) : raw);
        return Written(kind, () => read) is { } again && again == canonical ? null : $"was written {Written(kind, () => read)}";
    }

    private static object? Read(string kind, string[] raw) => kind switch
    {
        "item" => FieldReader.TryReadItem(raw, out var item) ? item : null,
        "list" => FieldReader.TryReadList(raw, out var list) ? list : null,
        _ => FieldReader.TryReadDictionary(raw, out var dictionary) ? dictionary : null,
    };

    private static string? Written(string kind, Func<object> value)
    {
        try
        {
            return kind switch
            {
                "item" => FieldWriter.Write((FieldMember)value()),
                "list" => FieldWriter.Write((IEnumerable<FieldMember>)value()),
                _ => FieldWriter.Write((IEnumerable<KeyValuePair<string, FieldMember>>)value()),
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static object Build(string kind, JsonElement expected) => kind switch
    {
        "item" => Member(expected),
        "list" => (IReadOnlyList<FieldMember>)[.. expected.EnumerateArray().Select(Member)],
        _ => (IReadOnlyList<KeyValuePair<string, FieldMember>>)[.. expected.EnumerateArray().Select(p => KeyValuePair.Create(p[0].GetString()!, Member(p[1])))],
    };

    private static FieldMember Member(JsonElement json) => json[0].ValueKind is JsonValueKind.Array
        ? new FieldInnerList([.. json[0].EnumerateArray().Select(i => (FieldItem)Member(i))], Parameters(json[1]))
        : new FieldItem(Bare(json[0]), Parameters(json[1]));

    private static FieldParameters Parameters(JsonElement json) =>
        json.EnumerateArray().Aggregate(new FieldParameters(), (all, p) => all.With(p[0].GetString()!, Bare(p[1])));

    private static BareItem Bare(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new FieldText(json.GetString()!),
        JsonValueKind.True or JsonValueKind.False => new FieldFlag(json.GetBoolean()),
        JsonValueKind.Number => json.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? new FieldDecimal(json.GetDecimal()) : new FieldInteger(json.GetInt64()),
        _ => json.GetProperty("__type").GetString() switch
        {
            "token" => new FieldToken(json.GetProperty("value").GetString()!),
            "date" => new FieldDate(json.GetProperty("value").GetInt64()),
            "displaystring" => new FieldDisplay(json.GetProperty("value").GetString()!),
            _ => new FieldBytes(FromBase32(json.GetProperty("value").GetString()!)),
        },
    };

    // One text for each meaning, to compare by.
    private static string Show(object? value) => value switch
    {
        FieldItem item => $"{Show(item.Bare)}{Show(item.Parameters)}",
        FieldInnerList list => $"({string.Join(' ', list.Items.Select(Show))}){Show(list.Parameters)}",
        IEnumerable<FieldMember> members => string.Join(", ", members.Select(Show)),
        IEnumerable<KeyValuePair<string, FieldMember>> members => string.Join(", ", members.Select(m => $"{m.Key}={Show(m.Value)}")),
        FieldParameters parameters => string.Concat(parameters.All.Select(p => $";{p.Key}={Show(p.Value)}")),
        FieldBytes bytes => Convert.ToHexString(bytes.Value.Span),
        FieldDecimal number => $"decimal {number.Value / 1.000m:0.0##}",
        FieldInteger number => $"integer {number.Value}",
        null => "null",
        _ => value.ToString()!,
    };

    private static byte[] FromBase32(string text)
    {
        string bits = string.Concat(text.TrimEnd('=').Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    private static string[] Texts(JsonElement json) => [.. json.EnumerateArray().Select(t => t.GetString()!)];

    private static IEnumerable<(string File, JsonElement Case)> Cases()
    {
        using var packed = File.OpenRead(SharedData.PathOf("vectors", "structured-fields", "structured-field-tests.json.gz"));
        using var json = JsonDocument.Parse(new GZipStream(packed, CompressionMode.Decompress));
        return [.. json.RootElement.EnumerateObject().SelectMany(f => f.Value.EnumerateArray().Select(c => (f.Name, c.Clone())))];
    }
}
