using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access;

/// <summary>Makes a key for a machine. The secret is in the answer and nowhere else.</summary>
internal sealed class MakeToken(AmanaDb db, Gate gate, JournalWriter journal, Purposes purposes, TimeProvider clock)
{
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(3660);

    /// <param name="Purpose">Null: <see cref="Purposes.Default"/>.</param>
    /// <param name="Lasts">Null: until it is ended.</param>
    /// <param name="MustExchange"><see cref="ApiToken.MustExchange"/>.</param>
    public sealed record Request(string? Name, IReadOnlyList<string> Rights, string? Purpose, TimeSpan? Lasts, bool MustExchange = false);

    public sealed record Made(Id<ApiToken> Id, string Secret);

    public async Task<Result<Made>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageTokens, cancel) is { } forbidden) return forbidden;

        string name = (request.Name ?? "").Trim();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl)) return AccessRefusals.TokenName;
        if (request.Rights.Count == 0) return AccessRefusals.TokenWithoutRight;
        if (request.Rights.FirstOrDefault(word => !RightWords.TryParse(word, out _)) is { } unknown) return AccessRefusals.UnknownRight(unknown);
        if (request.Rights.FirstOrDefault(word => !RightWords.ForMachines.Contains(word, StringComparer.Ordinal)) is { } ofPeople) return AccessRefusals.RightOfPeople(ofPeople);
        if (request.Lasts is { } lasts && (lasts <= TimeSpan.Zero || lasts > LongestLife)) return AccessRefusals.TokenLife;
        string purpose = string.IsNullOrWhiteSpace(request.Purpose) ? Purposes.Default : request.Purpose.Trim();
        if (purposes.Find(purpose) is null) return AccessRefusals.PurposeUnknown with { Field = "purpose" };

        string secret = ApiToken.NewSecret();
        var now = clock.GetUtcNow();
        var token = new ApiToken
        {
            Id = Id<ApiToken>.New(clock),
            Name = name,
            SecretHash = ApiToken.HashOf(secret),
            Ending = secret[^4..],
            Rights = string.Join(' ', request.Rights.Distinct(StringComparer.Ordinal)),
            Purpose = purpose,
            MustExchange = request.MustExchange,
            MadeAt = now,
            MadeBy = caller.Actor.ToString(),
            ExpiresAt = request.Lasts is { } life ? now + life : null,
        };
        db.Add(token);
        journal.Record(caller.Actor, "token.made", token.Id, details: new { rights = token.Rights, token.Purpose, token.MustExchange, token.ExpiresAt });
        await db.SaveChangesAsync(cancel);
        return new Made(token.Id, secret);
    }
}
