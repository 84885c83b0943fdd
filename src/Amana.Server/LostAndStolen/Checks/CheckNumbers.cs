using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using Amana.Matching.Numbers;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;

namespace Amana.Server.LostAndStolen;

/// <summary>Numbers as a stream, a JSON object a line; answers in the same order, while numbers still come. Each chunk is in the journal before its
/// answers leave.</summary>
internal sealed class CheckNumbers(AmanaDb db, Gate gate, JournalWriter journal, NumberShelf shelf, NumberRows rows)
{
    public const int LineBytesMax = 4_096, LinesMax = 2_000;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <summary>A stream that was let in.</summary>
    public sealed record Opened(Caller Caller, Purpose Purpose);

    /// <param name="Id">Given back as it came.</param>
    internal sealed record Line(JsonElement? Id, string? Kind, string? Number, string? Issuer, bool OneOff);

    private sealed record Asked(long Number, JsonElement? Id, NumberQuestion? Question, Refusal? Refused, List<uint> Keys);

    public async Task<Result<Opened>> OpenAsync(string? purposeCode, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, purposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        return shelf.IsReady ? new Opened(caller, purpose) : ItemRefusals.NotReady;
    }

    public async Task RunAsync(Opened opened, Stream from, Stream to, CancellationToken cancel)
    {
        var reader = PipeReader.Create(from, new StreamPipeReaderOptions(bufferSize: 256 << 10, leaveOpen: true));
        var (asked, near, buffer) = (new List<Asked>(), new OneOff(), new ArrayBufferWriter<byte>(64 << 10));
        long number = 0;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            var rest = read.Buffer;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            asked.Clear();
            while (asked.Count < LinesMax && TryCut(ref rest, read.IsCompleted, out var line))
            {
                number++;
                if (line.Length is 0 or 1) continue; // a blank line asks nothing
                foreach (var part in line) hash.AppendData(part.Span);
                asked.Add(Ask(number, line, near));
            }
            if (asked.Count > 0)
            {
                buffer.ResetWrittenCount();
                await AnswerAsync(opened, asked, Convert.ToHexStringLower(hash.GetHashAndReset()), buffer, cancel);
                await to.WriteAsync(buffer.WrittenMemory, cancel);
                await to.FlushAsync(cancel);
            }
            bool tooLong = asked.Count == 0 && rest.Length > LineBytesMax;
            reader.AdvanceTo(rest.Start, asked.Count > 0 ? rest.Start : rest.End);
            if (tooLong || (read.IsCompleted && rest.IsEmpty)) break; // a line that never ends is no question
        }
        await reader.CompleteAsync();
    }

    private async Task AnswerAsync(Opened opened, List<Asked> asked, string sha256, ArrayBufferWriter<byte> buffer, CancellationToken cancel)
    {
        var known = (await rows.ReadAsync([.. asked.SelectMany(a => a.Keys)], cancel)).ToDictionary(r => (uint)r.Key);
        var (hits, near, unread, found) = (0, 0, 0, new List<string>());
        foreach (var one in asked)
        {
            object line;
            if (one.Question is not { } question)
            {
                unread++;
                line = new { line = one.Number, id = one.Id, error = one.Refused!.Code, detail = one.Refused.Detail };
            }
            else
            {
                var answer = rows.Answer(question, one.Keys.Distinct().Select(k => known.GetValueOrDefault(k)).OfType<ItemNumber>());
                if (answer.IsHit) hits++;
                else if (answer.Outcome == "near") near++;
                found.AddRange(answer.Matches.Select(m => m.Record));
                line = answer.Matches.Count == 0 ? new { line = one.Number, id = one.Id, outcome = answer.Outcome } : (object)new { line = one.Number, id = one.Id, outcome = answer.Outcome, matches = answer.Matches };
            }
            using (var json = new Utf8JsonWriter(buffer)) JsonSerializer.Serialize(json, line, JsonRules.Options);
            buffer.Write(LineEnd);
        }
        journal.Record(opened.Caller.Actor, "numbers.checked", null, opened.Purpose, new { numbers = asked.Count, hits, near, unread, sha256 }, found.Count == 0 ? null : new { records = found });
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private Asked Ask(long number, ReadOnlySequence<byte> line, OneOff near)
    {
        var keys = new List<uint>(0);
        Line? read = null;
        try
        {
            if (line.Length <= LineBytesMax)
            {
                var json = new Utf8JsonReader(line);
                read = JsonSerializer.Deserialize<Line>(ref json, JsonRules.Options);
            }
        }
        catch (JsonException)
        {
            read = null;
        }
        if (read is null) return new(number, null, null, ItemRefusals.BatchUnreadable, keys);
        if (!NumberQuestion.Read(read.Kind, read.Number, read.Issuer, read.OneOff).Succeeded(out var question, out var refused)) return new(number, read.Id, null, refused, keys);
        question.Lead(shelf, near, keys);
        return new(number, read.Id, question, null, keys);
    }

    private static bool TryCut(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }
        line = rest;
        if (!isLast || rest.IsEmpty) return false;
        rest = rest.Slice(rest.End);
        return true;
    }
}
