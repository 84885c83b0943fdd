using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>What the acts on requests share: references, steps, the sealed parts opened, saving.</summary>
internal static class RequestBook
{
    /// <summary>For who has the turn. References are never given twice: the newest one of the year, plus one.</summary>
    public static async Task<string> NextReferenceAsync(this AmanaDb db, DateTimeOffset now, CancellationToken cancel)
    {
        string year = string.Create(CultureInfo.InvariantCulture, $"DSR-{now.Year % 100:D2}-");
        string? last = await db.DataRequests.Where(r => r.Reference.StartsWith(year)).OrderByDescending(r => r.Reference).Select(r => r.Reference).FirstOrDefaultAsync(cancel);
        int next = last is null ? 1 : int.Parse(last.AsSpan(year.Length), CultureInfo.InvariantCulture) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{year}{next:D5}");
    }

    /// <summary>Saves; refused, with nothing left in the context, when somebody else changed the request meanwhile.</summary>
    public static async Task<Refusal?> SaveRequestAsync(this AmanaDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return RequestRefusals.Twice;
        }
    }

    /// <summary>Adds a step, with words when there are some.</summary>
    public static void AddStep(this AmanaDb db, DataRequest request, string fact, string? by, string? text, bool forApplicant, FieldSealer sealer, TimeProvider clock)
    {
        var id = Id<RequestStep>.New(clock);
        db.RequestSteps.Add(new RequestStep
        {
            Id = id, Request = request.Id, Fact = fact, At = clock.GetUtcNow(), By = by, ForApplicant = forApplicant,
            Text = string.IsNullOrWhiteSpace(text) ? null : sealer.Seal(Encoding.UTF8.GetBytes(text.Trim()), RequestStep.PlaceOf(id)),
        });
    }

    public static string? TextOf(RequestStep step, FieldSealer sealer) => step.Text is null ? null : Encoding.UTF8.GetString(sealer.Open(step.Text, RequestStep.PlaceOf(step.Id)));

    public static RequestContent ContentOf(DataRequest request, FieldSealer sealer) => JsonSerializer.Deserialize<RequestContent>(sealer.Open(request.Body, request.Place), JsonRules.Options)!;

    public static string? NoteOf(DataRequest request, FieldSealer sealer) => request.Note is null ? null : Encoding.UTF8.GetString(sealer.Open(request.Note, request.Place + "/note"));

    public static string? ReasonsOf(DataRequest request, FieldSealer sealer) => request.Reasons is null ? null : Encoding.UTF8.GetString(sealer.Open(request.Reasons, request.Place + "/reasons"));
}
