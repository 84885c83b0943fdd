using System.Security.Cryptography;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>What a one-time link opens.</summary>
public enum LinkKind
{
    /// <summary>The set-up of a new server.</summary>
    SetUp,
    /// <summary>First sign-in of an invited person.</summary>
    Invitation,
    /// <summary>A new password and second step for a person who lost them.</summary>
    Recovery,
}

/// <summary>A link that opens one thing once. Only the hash of its key is stored.</summary>
public sealed class OneTimeLink
{
    public required string KeyHash { get; init; }
    public required LinkKind Kind { get; init; }
    public Guid? PersonId { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>Makes links and finds what they open.</summary>
internal sealed class OneTimeLinks(AmanaDb db, Instance instance, TimeProvider clock)
{
    private static readonly TimeSpan SetUpLasts = TimeSpan.FromHours(24);
    private static readonly TimeSpan OthersLast = TimeSpan.FromDays(7);

    /// <summary>The one link that is good from now on; earlier set-up links are over.</summary>
    public async Task<string> NewSetUpLinkAsync(CancellationToken cancel)
    {
        await db.Set<OneTimeLink>().Where(l => l.Kind == LinkKind.SetUp).ExecuteDeleteAsync(cancel);
        string key = Add(LinkKind.SetUp, null, SetUpLasts);
        await db.SaveChangesAsync(cancel);
        return $"{instance.Address}/set-up?key={key}";
    }

    /// <summary>Adds a link for a person; the caller saves. Earlier links of the person are over.</summary>
    public async Task<string> NewForAsync(Person person, LinkKind kind, CancellationToken cancel)
    {
        db.RemoveRange(await db.Set<OneTimeLink>().Where(l => l.PersonId == person.Id).ToListAsync(cancel));
        string key = Add(kind, person.Id, OthersLast);
        return $"{instance.Address}/{(kind is LinkKind.Invitation ? "invitation" : "recovery")}?key={key}";
    }

    /// <summary>The link behind a key, tracked so that it can be used up; null when unknown, used or over.</summary>
    public async Task<OneTimeLink?> FindAsync(string? key, LinkKind kind, CancellationToken cancel)
    {
        if (key is not { Length: > 20 and < 100 }) return null;
        string hash = ApiToken.HashOf(key);
        var link = await db.Set<OneTimeLink>().SingleOrDefaultAsync(l => l.KeyHash == hash && l.Kind == kind, cancel);
        return link is { UsedAt: null } && link.ExpiresAt > clock.GetUtcNow() ? link : null;
    }

    private string Add(LinkKind kind, Guid? person, TimeSpan lasts)
    {
        string key = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        db.Add(new OneTimeLink { KeyHash = ApiToken.HashOf(key), Kind = kind, PersonId = person, ExpiresAt = clock.GetUtcNow() + lasts });
        return key;
    }
}
