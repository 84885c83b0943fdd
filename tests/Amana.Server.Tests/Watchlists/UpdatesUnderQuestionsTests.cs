using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;

namespace Amana.Server.Tests.Watchlists;

/// <summary>A list is replaced again and again while it is asked: nobody waits for it to be whole, nobody sees two versions at once.</summary>
public class UpdatesUnderQuestionsTests(AmanaServer server)
{
    private const int Bearers = 40, Others = 400, Updates = 5, Askers = 4;

    /// <summary>Every bearer of the name is born in the year of the version: an answer with two years would be half of each.</summary>
    private static string Version(int number) => string.Concat(Enumerable.Range(1, Bearers).Select(n => Line(n, "Zarquon Velthis", 1900 + number)))
        + string.Concat(Enumerable.Range(Bearers + 1, Others).Select(n => Line(n, $"SPECIMEN Number{n}", 1800)));

    private static string Line(int id, string name, int year) =>
        $$$"""{"id":"Z-{{{id}}}","schema":"Person","caption":"{{{name}}}","properties":{"name":["{{{name}}}"],"birthDate":["{{{year}}}"]}}""" + "\n";

    [Fact]
    public async Task A_question_during_an_update_is_answered_from_one_whole_version()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("moving");
        Imports.State(await imports.ImportAsync(list, Version(0))).ShouldBe("done");
        using var client = await server.ClientAsync(Right.Screen);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var askers = Enumerable.Range(0, Askers).Select(_ => AskUntilAsync(client, list, over.Token)).ToArray();
        for (int number = 1; number <= Updates; number++) Imports.State(await imports.ImportAsync(list, Version(number))).ShouldBe("done");
        (await AskAsync(client, list)).ShouldBe(1900 + Updates); // done means that it answers
        await over.CancelAsync();

        var seen = await Task.WhenAll(askers);
        foreach (var one in seen) one.ShouldBeInOrder(); // no version comes back
        seen.SelectMany(s => s).Distinct().Count().ShouldBeGreaterThan(Updates / 2);
    }

    /// <returns>The version of each answer.</returns>
    private static async Task<List<int>> AskUntilAsync(HttpClient client, string list, CancellationToken over)
    {
        var seen = new List<int>();
        while (!over.IsCancellationRequested) seen.Add(await AskAsync(client, list));
        return seen;
    }

    /// <returns>The one version that the whole answer is from, as its year.</returns>
    private static async Task<int> AskAsync(HttpClient client, string list)
    {
        object question = new { queries = new { q = new { schema = "Person", properties = new { name = new[] { "Zarquon Velthis" } } } } };
        var answer = await (await client.PostAsJsonAsync($"match/{list}?limit=100", question, CancellationToken.None)).ShouldBeJsonAsync();
        var results = answer.GetProperty("responses").GetProperty("q").GetProperty("results").EnumerateArray().ToList();
        results.Count.ShouldBe(Bearers);
        return results.Select(Year).Distinct().ShouldHaveSingleItem();
    }

    private static int Year(JsonElement result) => int.Parse(result.GetProperty("properties").GetProperty("birthDate")[0].GetString()!, CultureInfo.InvariantCulture);
}
