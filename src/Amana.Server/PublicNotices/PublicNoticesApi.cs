using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amana.Server.Data;
using Amana.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.PublicNotices;

/// <summary>The public notices service, in the shape that its clients of today expect. No token, no cookie; what it can reach is
/// the public shelf alone.</summary>
internal static class PublicNoticesApi
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (int version in (int[])[1, 2])
        {
            var api = routes.MapGroup($"/notices/v{version}").WithTags("Public notices").AllowAnonymous();
            MapKind(api, version, PublicKind.Red);
            MapKind(api, version, PublicKind.Yellow);
            MapKind(api, version, PublicKind.UnPerson);
            MapKind(api, version, PublicKind.UnEntity);
            api.MapGet("/un", (HttpContext http, ShownNotices shown, TimeProvider clock) => List(http, version, "un", shown, clock, PublicKind.UnPerson, PublicKind.UnEntity))
                .WithSummary("Persons and entities under sanctions of the Security Council.");
            api.MapGet("/{**rest}", (HttpContext http) => NotFound(http)).ExcludeFromDescription();
        }

        foreach (string language in Languages.All.Select(l => l.Code)) routes.MapGet($"/{language}/news/{{slug}}/picture", NewsPicture).ExcludeFromDescription().AllowAnonymous().CacheOutput(KeptPages.Policy);
        routes.MapGet("/en/notices/data/countries", Countries).WithTags("Public notices").AllowAnonymous();
    }

    private static void MapKind(RouteGroupBuilder api, int version, PublicKind kind)
    {
        string list = PublicShapes.ListOf(kind);
        api.MapGet($"/{list}", (HttpContext http, ShownNotices shown, TimeProvider clock) => List(http, version, list, shown, clock, kind))
            .WithSummary($"Released notices: {list}.");
        api.MapGet($"/{list}/{{id}}", (string id, HttpContext http, ShownNotices shown) => Find(id, kind, shown) is { } notice ? Json(http, ShapesOf(http, version).Detail(notice)) : NotFound(http))
            .WithSummary("One released notice.");
        api.MapGet($"/{list}/{{id}}/images", (string id, HttpContext http, ShownNotices shown) => Find(id, kind, shown) is { } notice ? Json(http, ShapesOf(http, version).Images(notice)) : NotFound(http))
            .WithSummary("Its pictures.");
        api.MapGet($"/{list}/{{id}}/images/{{picture}}", (string id, string picture, HttpContext http, ShownNotices shown, AmanaDb db, CancellationToken cancel) =>
            Picture(id, picture, kind, http, shown, db, cancel)).WithSummary("The bytes of a picture.").CacheOutput(KeptPages.Policy);
    }

    internal static ContentHttpResult List(HttpContext http, int version, string list, ShownNotices shown, TimeProvider clock, params PublicKind[] kinds)
    {
        var asked = PublicQuestion.Read(http.Request.Query);
        var found = asked.Of(shown.Current.Newest.Where(n => kinds.Contains(n.Kind)), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        return found is null ? Error(http, 400, "BadRequestError", "This pattern takes too long") : Json(http, ShapesOf(http, version).Page(asked, list, found));
    }

    internal static async Task<IResult> Picture(string id, string picture, PublicKind kind, HttpContext http, ShownNotices shown, AmanaDb db, CancellationToken cancel)
    {
        if (Find(id, kind, shown) is not { } notice || !notice.Pictures.Contains(picture)) return NotFound(http);
        var found = await db.PublicPictures.AsNoTracking().SingleOrDefaultAsync(p => p.Notice == notice.Id && p.Id == picture, cancel);
        if (found is null) return NotFound(http);
        KeepBriefly(http);
        return TypedResults.Bytes(found.Bytes, found.MediaType);
    }

    /// <summary>The picture of an item of news.</summary>
    internal static async Task<IResult> NewsPicture(string slug, HttpContext http, ShownNews news, AmanaDb db, CancellationToken cancel)
    {
        if (news.Find(slug) is not { Alternatives: not null }) return TypedResults.NotFound();
        if (await db.PublicNewsPictures.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, cancel) is not { } found) return TypedResults.NotFound();
        KeepBriefly(http);
        return TypedResults.Bytes(found.Bytes, found.MediaType);
    }

    /// <summary>Codes and names of countries, for the filter of the list.</summary>
    internal static ContentHttpResult Countries(HttpContext http, ShownNotices shown)
    {
        var names = PublicCountries.Names;
        var used = shown.Current.Newest.SelectMany(n => n.Nationalities.Concat(n.Warrants.Select(w => w.Country).OfType<string>())).Distinct().Where(c => !names.ContainsKey(c));
        return Json(http, new JsonArray([.. names.Concat(used.Select(c => KeyValuePair.Create(c, c))).OrderBy(c => c.Value, StringComparer.Ordinal)
            .Select(c => (JsonNode)new JsonObject { ["value"] = c.Key, ["label"] = c.Value })]));
    }

    // 2026-123 in addresses, 2026/123 in JSON.
    internal static ReleasedNotice? Find(string id, PublicKind kind, ShownNotices shown)
    {
        int hyphen = id.IndexOf('-', StringComparison.Ordinal);
        if (hyphen < 0 || id.Contains('/', StringComparison.Ordinal)) return null;
        return shown.Current.Find($"{id[..hyphen]}/{id[(hyphen + 1)..]}") is { } notice && notice.Kind == kind ? notice : null;
    }

    private static PublicShapes ShapesOf(HttpContext http, int version) => new($"{http.Request.Scheme}://{http.Request.Host}", version);

    private static ContentHttpResult NotFound(HttpContext http) => Error(http, 404, "NotFoundError", "Not Found");

    private static ContentHttpResult Error(HttpContext http, int status, string name, string message) =>
        Json(http, new JsonObject { ["status"] = status, ["name"] = name, ["message"] = message }, status);

    private static ContentHttpResult Json(HttpContext http, JsonNode body, int status = 200)
    {
        KeepBriefly(http);
        return TypedResults.Text(body.ToJsonString(Plain), "application/json", Encoding.UTF8, status);
    }

    // What is withdrawn is gone from caches within a minute.
    private static void KeepBriefly(HttpContext http) => http.Response.Headers.CacheControl = KeptPages.CacheControl;
}
