using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Data.Common;
using System.Linq.Expressions;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Amana.Server.Access.Machines;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Amana.Server.Access;

/// <summary>Reads <c>Authorization: Bearer T</c> and <c>Authorization: ApiKey T</c>, the scheme in any case, and <c>T</c>
/// alone, as the command line examples of OpenSanctions send it. T is the secret of a token, or an access token of OAuth.</summary>
internal sealed class TokenSignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    KnownTokens tokens, AccessTokens access, Instance instance)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "token";
    private const int LongestSecret = 4000;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString().Trim();
        if (header.Length == 0) return AuthenticateResult.NoResult();
        int space = header.IndexOf(' ', StringComparison.Ordinal);
        string scheme = space < 0 ? header : header[..space];
        string secret = space < 0 ? "" : header[(space + 1)..].Trim();
        bool known = scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("ApiKey", StringComparison.OrdinalIgnoreCase);
        if (space < 0 && !known) (known, secret) = (true, header);
        if (!known || secret.Length is 0 or > LongestSecret) return Refuse(known ? AccessRefusals.TokenUnknown : AccessRefusals.SchemeUnknown);

        var found = AccessTokens.IsOne(secret) ? await access.FindAsync(Context, secret) : await tokens.FindUsableAsync(secret, Context.RequestAborted);
        if (!found.Succeeded(out var token, out var refusal)) return Refuse(refusal);

        var caller = new Caller
        {
            Actor = new Actor(ActorKind.Token, token.Key),
            Bureau = instance.Bureau,
            Rights = token.Rights,
            Name = token.Name,
            DefaultPurpose = token.Purpose,
        };
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, token.Key)], Name);
        Context.SetCaller(caller);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    private AuthenticateResult Refuse(Refusal refusal)
    {
        Context.Features.Set(new SignInRefused(refusal));
        return AuthenticateResult.Fail(refusal.Code);
    }
}

/// <summary>Why the credentials of this request open nothing.</summary>
internal sealed record SignInRefused(Refusal Refusal);

/// <summary>Tokens lately used, so that a busy client costs one query in five seconds. A token ended here is refused at
/// once; one ended by another process, within those five seconds.</summary>
internal sealed class KnownTokens(IDbContextFactory<AmanaDb> databases, TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NoteUseEvery = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public sealed record Known(ApiToken Token, string Key, string Name, FrozenSet<Right> Rights, string Purpose, DateTimeOffset ReadAt);

    public async Task<Result<Known>> FindAsync(string secret, CancellationToken cancel)
    {
        string hash = ApiToken.HashOf(secret);
        return await FindAsync(hash, t => t.SecretHash == hash, cancel);
    }

    /// <summary>As <see cref="FindAsync(string, CancellationToken)"/>, for a secret that is shown with a question: one that must be exchanged first opens nothing.</summary>
    public async Task<Result<Known>> FindUsableAsync(string secret, CancellationToken cancel)
    {
        var found = await FindAsync(secret, cancel);
        return found.Succeeded(out var known, out _) && known.Token.MustExchange ? AccessRefusals.MustExchange : found;
    }

    /// <param name="key">The token's id.</param>
    public async Task<Result<Known>> FindByKeyAsync(string key, CancellationToken cancel) =>
        Id<ApiToken>.TryParse(key, null, out var id) ? await FindAsync(key, t => t.Id == id, cancel) : AccessRefusals.TokenUnknown;

    public void Forget(ApiToken token)
    {
        _known.TryRemove(token.SecretHash, out _);
        _known.TryRemove(token.Id.ToString(), out _);
    }

    private async Task<Result<Known>> FindAsync(string by, Expression<Func<ApiToken, bool>> which, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (!_known.TryGetValue(by, out var known) || (now - known.ReadAt).Duration() > Fresh)
        {
            known = await ReadAsync(which, now, cancel);
            if (known is null) return AccessRefusals.TokenUnknown;
            if (_known.Count >= Most) _known.Clear();
            _known[by] = known;
        }

        return known.Token.Check(now) is { } refused ? refused : known;
    }

    private async Task<Known?> ReadAsync(Expression<Func<ApiToken, bool>> which, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var token = await db.Set<ApiToken>().AsNoTracking().SingleOrDefaultAsync(which, cancel);
        if (token is null) return null;
        if (token.Check(now) is null && (token.LastUsedAt is null || now - token.LastUsedAt > NoteUseEvery))
        {
            try
            {
                await db.Set<ApiToken>().Where(t => t.Id == token.Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.LastUsedAt, now), cancel);
                token.LastUsedAt = now;
            }
            catch (DbException)
            {
                // A full disk or a busy database is no reason to shut machines out from what can be read.
            }
        }

        return new Known(token, token.Id.ToString(), token.Name, token.RightList.ToFrozenSet(), token.Purpose, now);
    }
}
