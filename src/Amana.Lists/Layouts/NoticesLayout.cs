using System.Text.Json;
using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>Notices as INTERPOL's public web service gives them (red, yellow, UN): list answers with
/// <c>_embedded.notices</c>, single details, arrays of either, or one a line.</summary>
/// <remarks>Source: the OpenAPI description of bundesAPI/interpol-api, version 1.0.2.</remarks>
internal static class NoticesLayout
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonText.DepthMax };

    public static IEnumerable<ListedEntity> Read(ListRun run)
    {
        var found = new List<ListedEntity>();
        foreach (var file in run.Files)
        {
            using var input = run.Open(file, asText: true);
            var rows = JsonRows.Of(file, input);
            while (TryReadRow(run, rows, found))
            {
                foreach (var entity in found) yield return entity;
                found.Clear();
            }
        }
    }

    private static bool TryReadRow(ListRun run, JsonRows rows, List<ListedEntity> found)
    {
        if (!rows.TryRead(run, out var row)) return false;
        if (row.IsEmpty) return true;
        try
        {
            using var document = JsonDocument.Parse(row.ToArray(), Options);
            ReadValue(run, document.RootElement, found);
        }
        catch (Exception e) when (JsonText.IsOfTheRow(e))
        {
            var (code, reason) = JsonText.Explain(e);
            run.Rejected.Row(code, reason, row);
        }
        return true;
    }

    private static void ReadValue(ListRun run, JsonElement value, List<ListedEntity> found)
    {
        if (NoticesIn(value) is { } notices)
        {
            foreach (var notice in notices.EnumerateArray()) ReadNotice(run, notice, found);
        }
        else ReadNotice(run, value, found);
    }

    private static JsonElement? NoticesIn(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array) return value;
        if (value.ValueKind is not JsonValueKind.Object) return null;
        if (value.TryGetProperty("notices", out var bare) && bare.ValueKind is JsonValueKind.Array) return bare;
        return value.TryGetProperty("_embedded", out var embedded) && embedded.ValueKind is JsonValueKind.Object
            && embedded.TryGetProperty("notices", out var inner) && inner.ValueKind is JsonValueKind.Array ? inner : null;
    }

    private static void ReadNotice(ListRun run, JsonElement notice, List<ListedEntity> found)
    {
        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(notice);
        if (notice.ValueKind is not JsonValueKind.Object)
        {
            run.Rejected.Row(ListCodes.Json, "A notice is a JSON object.", raw);
            return;
        }
        run.Draft.Clear();
        new NoticeFields(run.Draft, notice).Fill(run);
        if (run.Draft.Close(raw) is { } entity) found.Add(entity);
    }
}
