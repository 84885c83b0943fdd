using Amana.Lists;
using Amana.Lists.Questions;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Compliance brings the names of famous people, in the place of those that were there; an empty file takes them away.</summary>
internal sealed class BringFamousPeople(AmanaDb db, Gate gate, IDatabaseEngine engine, UploadGate uploads, JournalWriter journal, TimeProvider clock)
{
    /// <param name="File">CSV with a column <c>name</c>, at most 1 MiB; null or empty: the list is taken away.</param>
    public sealed record Request(string? FileName, ReadOnlyMemory<byte> File);

    /// <returns>How many names there are now.</returns>
    public async Task<Result<int>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournalContent, cancel) is { } forbidden) return forbidden;
        if (request.File.Length > FamousList.BytesMax) return ScreeningRefusals.FamousTooMany;
        if (request.File.Length > 0 && await uploads.CheckAsync(request.File, "famous-people", caller.Actor, cancel) is { } infected) return infected;
        if (!Read(request, cancel).Succeeded(out var names, out var unreadable)) return unreadable;

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await engine.TakeTurnAsync(db, "famous-people", cancel);
        db.FamousLists.RemoveRange(await db.FamousLists.ToListAsync(cancel));
        if (names.Count > 0) db.FamousLists.Add(new FamousList { Id = Id<FamousList>.New(clock), At = clock.GetUtcNow(), By = caller.Actor.ToString(), Count = names.Count, Names = names });
        journal.Record(caller.Actor, "famous.brought", details: new { names.Count });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return names.Count;
    }

    private static Result<List<string>> Read(Request request, CancellationToken cancel)
    {
        if (request.File.Length == 0) return new List<string>();
        var names = new List<string>();
        try
        {
            byte[] bytes = request.File.ToArray();
            foreach (var line in QuestionFile.Read(new ListFile(request.FileName ?? "names.csv", () => new MemoryStream(bytes, writable: false), bytes.Length), cancel))
            {
                if (line.Question is not { Names.Count: > 0 } question || !AskedText.HasLetter(question.Names[0]) || NameReading.Refuse(QuestionReader.FromLine(line)) is not null)
                {
                    return ScreeningRefusals.FamousLine(line.Number);
                }

                names.Add(question.Names[0]);
                if (names.Count > FamousList.NamesMost) return ScreeningRefusals.FamousTooMany;
            }
        }
        catch (ListFileException refused)
        {
            return ScreeningRefusals.FamousUnreadable(refused.Message);
        }

        return names.Distinct(StringComparer.Ordinal).ToList();
    }
}
