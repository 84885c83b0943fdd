using System.Security.Cryptography;
using System.Text;
using Amana.Server.Foundation;

namespace Amana.Server.Access;

/// <summary>A key for a machine: rights, a purpose of its own, and an end. The secret is shown once and kept as a hash.</summary>
public sealed class ApiToken
{
    /// <summary>Secrets start with this, so that one that leaks into a file or a chat can be found by a search.</summary>
    public const string Prefix = "amana_";

    public required Id<ApiToken> Id { get; init; }
    /// <summary>What it is for, such as "gate 4"; 1 to 100 letters.</summary>
    public required string Name { get; init; }
    public required string SecretHash { get; init; }
    /// <summary>The last four letters of the secret, to tell tokens apart.</summary>
    public required string Ending { get; init; }
    /// <summary>Words of <see cref="Right"/> with spaces between.</summary>
    public required string Rights { get; init; }
    /// <summary>Used when a request names no purpose.</summary>
    public required string Purpose { get; init; }
    /// <summary>The secret opens nothing by itself: it is exchanged for access of a quarter of an hour (OAuth 2 client credentials).</summary>
    public bool MustExchange { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }
    /// <summary>Null: until it is ended.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    /// <summary>To the hour.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>What it may do: of its words those that a machine may have. The one place where a token's words become rights, also of tokens
    /// that were made when a right was still for machines.</summary>
    public IEnumerable<Right> RightList =>
        Rights.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => RightWords.TryParse(word, out var right) ? right : (Right?)null)
            .OfType<Right>().Where(right => !RoleTable.OnlyPeople.Contains(right));

    /// <summary>Why it opens nothing at <paramref name="now"/>; null when it does.</summary>
    public Refusal? Check(DateTimeOffset now)
    {
        if (EndedAt is not null) return AccessRefusals.TokenEnded;
        return ExpiresAt <= now ? AccessRefusals.TokenExpired : null;
    }

    /// <summary>256 random bits.</summary>
    public static string NewSecret() => Prefix + Base64Url(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
