using System.Globalization;
using Amana.Matching.Fields;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions.Asking;

/// <summary>Puts a blind question. It is asked in the background; the answers come together.</summary>
internal sealed class AskBlind(AmanaDb db, Gate gate, BureauBook book, JournalWriter journal, IDatabaseEngine engine, AskBell bell, TimeProvider clock)
{
    public const int BureausMost = 50;
    private const int NameCharsMost = 200;

    /// <param name="BirthDate">ISO 8601, a whole day.</param>
    /// <param name="Document">A number.</param>
    /// <param name="Issuer">Three letters; null: not known.</param>
    /// <param name="Bureaus">Codes.</param>
    public sealed record Request(string? Name, string? BirthDate, string? Document, string? Issuer, IReadOnlyList<string>? Bureaus, string? Purpose);

    /// <returns>Its reference.</returns>
    public async Task<Result<string>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, request.Purpose, cancel)).Succeeded(out var purpose, out var refusal)) return refusal;
        if (Read(request, out var about) is { } wrong) return wrong;
        var bureaus = new List<BureauCode>();
        foreach (string code in request.Bureaus ?? [])
        {
            if (!BureauCode.TryParse(code, null, out var bureau) || !book.Exchanges(bureau) || bureaus.Contains(bureau)) return BlindRefusals.Bureaus;
            bureaus.Add(bureau);
        }

        if (bureaus.Count is 0 or > BureausMost) return BlindRefusals.Bureaus;
        var now = clock.GetUtcNow();
        for (int tries = 0; ; tries++)
        {
            int year = now.Year % 100;
            string stem = string.Create(CultureInfo.InvariantCulture, $"ASK-{year:00}-");
            int count = await db.BlindAsks.CountAsync(a => a.Reference.StartsWith(stem), cancel);
            string reference = string.Create(CultureInfo.InvariantCulture, $"{stem}{count + 1 + tries:00000}");
            var id = Id<BlindAsk>.New(clock);
            db.Add(new BlindAsk
            {
                Id = id, Reference = reference, AskedBy = caller.Actor.ToString(), Purpose = purpose.Code, AskedAt = now, About = about!,
                Replies = [.. bureaus.Select(b => new BlindReply { Ask = id, Bureau = b })],
            });
            journal.Record(caller.Actor, "blind.asked", reference, purpose, new { bureaus = string.Join(' ', bureaus) }, about);
            if (await db.SaveOrRefuseAsync(engine, BlindRefusals.NotReady, cancel) is null)
            {
                bell.Ring();
                return reference;
            }

            // Another question had that number.
            if (tries == 20) return BlindRefusals.NotReady;
            db.ChangeTracker.Clear();
        }
    }

    private static Refusal? Read(Request request, out BlindSubject? about)
    {
        about = null;
        string name = (request.Name ?? "").Trim(), document = (request.Document ?? "").Trim(), issuer = (request.Issuer ?? "").Trim().ToUpperInvariant(), born = (request.BirthDate ?? "").Trim();
        if (name.Length > NameCharsMost || name.Any(char.IsControl)) return BlindRefusals.Name;
        DateOnly? day = null;
        if (born.Length > 0)
        {
            if (!DateOnly.TryParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return BlindRefusals.BirthDate;
            day = read;
        }

        if (document.Length > 0 && !DocumentNumber.TryRead(document, out _, out _)) return BlindRefusals.Document;
        if (issuer.Length > 0 && (issuer.Length != 3 || !issuer.All(char.IsAsciiLetterUpper))) return BlindRefusals.Document;
        about = new(name, day, document.Length == 0 ? null : document, issuer.Length == 0 ? null : issuer);
        return BlindKeys.Of(about).Count == 0 ? BlindRefusals.Nothing : null;
    }
}
