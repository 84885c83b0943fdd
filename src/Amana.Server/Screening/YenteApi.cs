using System.Globalization;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Server.Screening;

/// <summary>The addresses and shapes of OpenSanctions' yente, so that its clients work unchanged.</summary>
internal static class YenteApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("Matching in yente's shape");
        api.MapPost("/match/{dataset}", Match).RequireAuthorization(nameof(Right.Screen)).Accepts<MatchBody>("application/json", "*/*")
            .Produces<MatchAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/search/{dataset}", Search).RequireAuthorization(nameof(Right.Screen))
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/entities/{id}", Entity).RequireAuthorization(Doors.SignedIn)
            .Produces(308).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapGet("/entities/{id}/adjacent", Adjacent).RequireAuthorization(Doors.SignedIn)
            .Produces(308).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/entities/{id}/adjacent/{property}", AdjacentBy).RequireAuthorization(Doors.SignedIn)
            .Produces(308).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/catalog", Catalog).RequireAuthorization(Doors.SignedIn).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/algorithms", ShowAlgorithms).RequireAuthorization(Doors.SignedIn).ProducesProblem(401);
    }

    /// <summary>Ask about many people or things at once, each given as an example entity.</summary>
    /// <remarks>At most 100 examples a call, by keys of your own. A date that cannot be, or a country that is unknown, is not
    /// compared, and the answer to that example carries `warnings`; so do the answers to a call with `weights` or `config`,
    /// which Amana's own algorithm does not use.</remarks>
    /// <response code="200">The answers by the same keys, best first, only those at or above the threshold.</response>
    /// <response code="400">Too many examples, none, an unknown algorithm or schema, or text that cannot be read.</response>
    /// <response code="404">There is no such dataset, or you may not see it.</response>
    /// <response code="422">A schema or the object `queries` is missing, or a number is out of its range.</response>
    internal static async Task<Results<Ok<MatchAnswer>, ProblemHttpResult>> Match(
        string dataset, HttpRequest request, Caller caller, MatchMany matchMany, CancellationToken cancel,
        int limit = ScreenOne.LimitDefault, double threshold = ScreenOne.ThresholdDefault, string? algorithm = null,
        [FromQuery(Name = "include_dataset")] string[]? includeDataset = null, [FromQuery(Name = "exclude_dataset")] string[]? excludeDataset = null,
        [FromQuery(Name = "exclude_schema")] string[]? excludeSchema = null, [FromQuery] string[]? topics = null,
        [FromQuery(Name = "changed_since")] string? changedSince = null, [FromQuery(Name = "exclude_entity_ids")] string[]? excludeEntityIds = null)
    {
        if (!(await RequestBody.ReadJsonAsync(request, cancel)).Succeeded(out var body, out var unreadable)) return unreadable.ToProblem();
        using (body)
        {
            var result = await matchMany.RunAsync(new()
            {
                Body = body.RootElement, Limit = limit, Threshold = threshold, Algorithm = algorithm,
                Choice = ChoiceOf(dataset, includeDataset, excludeDataset, excludeSchema, topics, changedSince, excludeEntityIds),
            }, caller, cancel);
            if (!result.Succeeded(out var answer, out var refused)) return refused.ToProblem();
            request.HttpContext.Response.Headers["x-batch-size"] = answer.Responses.Count.ToString(CultureInfo.InvariantCulture);
            return TypedResults.Ok(answer);
        }
    }

    /// <summary>Look for a piece of text among names and ids.</summary>
    /// <response code="200">A page of entities with facets over all that were found.</response>
    /// <response code="400">There is no `q`, or it cannot be read.</response>
    internal static async Task<Results<Ok<SearchAnswer>, ProblemHttpResult>> Search(
        string dataset, Caller caller, SearchText searchText, CancellationToken cancel, string? q = null, string? schema = null,
        string[]? countries = null, [FromQuery] string[]? topics = null, string[]? datasets = null,
        [FromQuery(Name = "include_dataset")] string[]? includeDataset = null, [FromQuery(Name = "exclude_dataset")] string[]? excludeDataset = null,
        [FromQuery(Name = "exclude_schema")] string[]? excludeSchema = null, [FromQuery(Name = "changed_since")] string? changedSince = null,
        int limit = SearchText.LimitDefault, int offset = 0, string[]? sort = null, bool fuzzy = false, bool simple = true, bool? target = null,
        string[]? filter = null, [FromQuery(Name = "filter_op")] string? filterOp = null, string[]? facets = null)
    {
        var result = await searchText.RunAsync(new()
        {
            Q = q, Schema = string.IsNullOrEmpty(schema) ? Schemata.Thing : schema, Countries = countries ?? [], Datasets = datasets ?? [],
            // Amana has one way of searching; simple=false only asks for a more tolerant one.
            Limit = limit, Offset = offset, Sort = sort ?? [], Fuzzy = fuzzy || !simple, Target = target,
            Choice = ChoiceOf(dataset, includeDataset, excludeDataset, excludeSchema, topics, changedSince, null),
            Filters = filter ?? [], FilterOp = filterOp ?? SearchFilters.Any, Facets = facets ?? [],
        }, caller, cancel);
        return result.Succeeded(out var answer, out var refused) ? TypedResults.Ok(answer) : refused.ToProblem();
    }

    /// <summary>One whole entity.</summary>
    /// <response code="308">It is published under another id now.</response>
    internal static async Task<Results<Ok<EntityView>, RedirectHttpResult, ProblemHttpResult>> Entity(
        string id, Caller caller, ReadEntity readEntity, CancellationToken cancel, bool nested = true)
    {
        var result = await readEntity.RunAsync(new(id, Purpose: null), caller, cancel);
        if (!result.Succeeded(out var entity, out var refused)) return refused.ToProblem();
        // Lists carry related things as values, not as entities, so there is nothing more to nest.
        string query = nested ? "" : "?nested=false";
        return entity.Id == id ? TypedResults.Ok(entity) : TypedResults.Redirect($"/entities/{Uri.EscapeDataString(entity.Id)}{query}", permanent: true, preserveMethod: true);
    }

    /// <summary>The entities that one entity names as its parent, owner and so on, and those that name it, by property.</summary>
    /// <remarks>The way back has a name of its own: a company's `ownedVehicles` are the vehicles that name it as `owner`. Lists
    /// carry addresses, sanctions and relations between two others as values, so there are no entities behind those.</remarks>
    /// <response code="308">It is published under another id now.</response>
    internal static async Task<Results<Ok<AdjacentAnswer>, RedirectHttpResult, ProblemHttpResult>> Adjacent(
        string id, Caller caller, ReadAdjacent readAdjacent, CancellationToken cancel, int limit = SearchText.LimitDefault, int offset = 0, string[]? sort = null)
    {
        var result = await readAdjacent.RunAsync(new() { Id = id, Limit = limit, Offset = offset, Sort = sort ?? [] }, caller, cancel);
        if (!result.Succeeded(out var answer, out var refused)) return refused.ToProblem();
        return answer.Entity.Id == id ? TypedResults.Ok(answer)
            : TypedResults.Redirect($"/entities/{Uri.EscapeDataString(answer.Entity.Id)}/adjacent", permanent: true, preserveMethod: true);
    }

    /// <summary>A page of the entities behind one property of an entity.</summary>
    /// <response code="308">It is published under another id now.</response>
    /// <response code="404">There is no such entity, or no such property that leads to others.</response>
    internal static async Task<Results<Ok<AdjacentPage>, RedirectHttpResult, ProblemHttpResult>> AdjacentBy(
        string id, string property, Caller caller, ReadAdjacent readAdjacent, CancellationToken cancel,
        int limit = SearchText.LimitDefault, int offset = 0, string[]? sort = null)
    {
        var result = await readAdjacent.RunAsync(new() { Id = id, Property = property, Limit = limit, Offset = offset, Sort = sort ?? [] }, caller, cancel);
        if (!result.Succeeded(out var answer, out var refused)) return refused.ToProblem();
        return answer.Entity.Id == id ? TypedResults.Ok(answer.Adjacent[property])
            : TypedResults.Redirect($"/entities/{Uri.EscapeDataString(answer.Entity.Id)}/adjacent/{Uri.EscapeDataString(property)}", permanent: true, preserveMethod: true);
    }

    /// <summary>The lists that can be asked, each a dataset, and `default`, which is all of them.</summary>
    internal static async Task<Results<Ok<CatalogAnswer>, ProblemHttpResult>> Catalog(Caller caller, ShowCatalog showCatalog, CancellationToken cancel) =>
        (await showCatalog.RunAsync(caller, cancel)).Succeeded(out var catalog, out var refused) ? TypedResults.Ok(catalog) : refused.ToProblem();

    /// <summary>The algorithm, its features and the other names it answers to.</summary>
    internal static Ok<AlgorithmsAnswer> ShowAlgorithms() => TypedResults.Ok(Algorithms.Answer);

    private static ChoiceRequest ChoiceOf(
        string dataset, string[]? include, string[]? exclude, string[]? schemata, string[]? topics, string? since, string[]? ids) => new()
    {
        Dataset = dataset, IncludeDatasets = include ?? [], ExcludeDatasets = exclude ?? [], ExcludeSchemata = schemata ?? [],
        Topics = topics ?? [], ChangedSince = since, ExcludeIds = ids ?? [],
    };

    /// <summary>What the body of a match is; read by hand so that every wrong type gets a field and a reason.</summary>
    /// <param name="Queries">Examples by keys of your own.</param>
    internal sealed record MatchBody(IReadOnlyDictionary<string, ExampleBody> Queries);

    /// <param name="Properties">Lists of texts by FollowTheMoney property.</param>
    internal sealed record ExampleBody(string? Id, string Schema, IReadOnlyDictionary<string, IReadOnlyList<string>> Properties);
}
