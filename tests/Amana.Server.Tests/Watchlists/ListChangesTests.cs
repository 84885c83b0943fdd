using Amana.Lists;
using Amana.Matching;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Tests.Screening;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Watchlists;

/// <summary>A change of a list writes what changed, and what changed is merged beside questions.</summary>
public class ListChangesTests(AmanaServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kept_list_writes_only_what_changed_and_answers_from_it()
    {
        string name = Imports.NewName("kept");
        await KeepAsync(name, [.. Fillers(300), TestLists.Person("K-1", "Zarquon Velthis", ("birthDate", "1974")), TestLists.Person("K-2", "Beltran Ostrova")]);
        await KeepAsync(name, [TestLists.Person("K-1", "Zarquon Marlowe", ("birthDate", "1975")), TestLists.Person("K-3", "Quillon Tervane", ("topics", "wanted"))], "K-2");

        var list = ListOf(name);
        (list.Index.Count, list.EntityCount, list.Delta.Entries.Length, list.Delta.Dropped.Count).ShouldBe((302, 302, 2, 2));
        FilesOf(name).ShouldBe(["1.amana", "1.facts", "2.delta"], ignoreOrder: true);
        Answers("Zarquon Marlowe", list).ShouldBe(["K-1"]);
        Answers("Quillon Tervane", list).ShouldBe(["K-3"]);
        Answers("Beltran Ostrova", list).ShouldBeEmpty();
        var hit = list.Index.Ask(new Question { Names = ["Quillon Tervane"] }, new AskOptions())[0];
        (list.Places.SchemaOf(hit.Place), list.Places.TopicsOf(hit.Place).ShouldHaveSingleItem()).ShouldBe(("Person", "wanted"));
        (await ReadAsync(list, "K-1"))!["birthDate"].ShouldBe(["1975"]);
        (await ReadAsync(list, "K-2")).ShouldBeNull();
    }

    [Fact]
    public async Task Files_of_changes_are_opened_as_they_were_left_and_a_damaged_one_is_made_anew()
    {
        string name = Imports.NewName("kept");
        await KeepAsync(name, [.. Fillers(50), TestLists.Person("K-1", "Zarquon Velthis")]);
        await KeepAsync(name, [TestLists.Person("K-2", "Quillon Tervane")], "F-7");
        await KeepAsync(name, [TestLists.Person("K-3", "Beltran Ostrova")]);
        var indexes = server.Services.GetRequiredService<IndexFiles>();
        var (list, version) = await VersionAsync(name);

        Shelf.TakeDown(name);
        var (opened, rebuilt) = await indexes.OpenOrBuildAsync(list, version, Cancel);
        (rebuilt, opened.Index.Count, opened.Delta.Entries.Length).ShouldBe((false, 52, 2));
        Answers("Beltran Ostrova", opened).ShouldBe(["K-3"]);
        Answers("Filler Gamma7", opened).ShouldNotContain("F-7");

        string path = Path.Combine(FolderOf(name), "3.delta");
        byte[] whole = await File.ReadAllBytesAsync(path, Cancel);
        foreach (int cut in (int[])[0, 3, 9, whole.Length / 2, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(path, whole[..cut], Cancel);
            Should.Throw<InvalidDataException>(() => indexes.Open(list, version));
        }
        (opened, rebuilt) = await indexes.OpenOrBuildAsync(list, version, Cancel);
        (rebuilt, opened.Index.Count, opened.Delta.Size).ShouldBe((true, 52, 0));
        Answers("Beltran Ostrova", opened).ShouldBe(["K-3"]);
    }

    [Fact]
    public async Task Changes_during_a_merge_stand_beside_the_new_base()
    {
        string name = Imports.NewName("kept");
        await KeepAsync(name, [.. Fillers(200), TestLists.Person("K-1", "Zarquon Velthis"), TestLists.Person("K-4", "Ambrel Sorvane")]);
        await KeepAsync(name, [TestLists.Person("K-2", "Quillon Tervane")], "F-7");
        var indexes = server.Services.GetRequiredService<IndexFiles>();
        var before = ListOf(name);
        var merged = indexes.Merge(before, Cancel);
        await KeepAsync(name, [TestLists.Person("K-2", "Quillon Ardenne"), TestLists.Person("K-3", "Beltran Ostrova")], "K-4");
        FilesOf(name).ShouldContain("2.amana"); // a change while it is merged leaves its files
        var now = ListOf(name);
        var rebased = indexes.Rebase(now, merged);
        indexes.Merged(name);
        Shelf.Put(rebased);

        (rebased.Base.Version, rebased.VersionNumber, rebased.Index.Count).ShouldBe((2, 3, now.Index.Count));
        rebased.Delta.Entries.Select(e => e.Id).ShouldBe(["K-2", "K-3"]);
        foreach (string asked in (string[])["Quillon Ardenne", "Quillon Tervane", "Beltran Ostrova", "Ambrel Sorvane", "Zarquon Velthis", "Filler Gamma7"])
            Answers(asked, rebased).ShouldBe(Answers(asked, now), asked);

        await KeepAsync(name, [TestLists.Person("K-5", "Ilvane Morquist")], "K-1");
        FilesOf(name).ShouldBe(["2.amana", "2.facts", "2.delta", "3.delta", "4.delta"], ignoreOrder: true);
        var (list, version) = await VersionAsync(name);
        var opened = indexes.Open(list, version);
        Answers("Ilvane Morquist", opened).ShouldBe(["K-5"]);
        Answers("Zarquon Velthis", opened).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_changes_are_merged_by_themselves()
    {
        string name = Imports.NewName("kept");
        await KeepAsync(name, [.. Fillers(300)]);
        for (int round = 0; round < 3; round++)
            await KeepAsync(name, [.. Enumerable.Range(round * 400, 400).Select(i => TestLists.Person($"N-{i}", $"Nomen Novum{i}"))]);
        await KeepAsync(name, [TestLists.Person("K-1", "Zarquon Velthis")]);
        for (int tries = 0; ListOf(name).Base.Version == 1 && tries < 500; tries++) await Task.Delay(20, Cancel);
        var list = ListOf(name);
        list.Base.Version.ShouldBeGreaterThan(3);
        list.Index.Count.ShouldBe(1501);
        Answers("Zarquon Velthis", list).ShouldBe(["K-1"]);
    }

    [Fact]
    public async Task A_small_change_of_an_imported_list_is_written_as_such_and_can_be_undone()
    {
        var imports = await Imports.ToAsync(server);
        string name = Imports.NewName("moving");
        Imports.State(await imports.ImportAsync(name, Imports.Persons(1, 500))).ShouldBe("done");
        var run = await imports.ImportAsync(name, Imports.Persons(3, 510));
        Imports.State(run).ShouldBe("done", run.ToString());

        var list = ListOf(name);
        (list.Index.Count, list.Delta.Entries.Length, list.Delta.Dropped.Count, list.Base.Version < list.VersionNumber).ShouldBe((508, 10, 2, true));
        (await imports.HasAsync(name, "Q-510")).ShouldBeTrue();
        (await imports.HasAsync(name, "Q-2")).ShouldBeFalse();
        await Eventually.SucceedsAsync(async () =>
            (await imports.Client.PostAsync($"api/v1/runs/{run.GetProperty("ref").GetString()}/undo", null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK));
        ListOf(name).Index.Count.ShouldBe(500);
        (await imports.HasAsync(name, "Q-2")).ShouldBeTrue();
        Imports.State(await imports.ImportAsync(name, Imports.Persons(1, 800))).ShouldBe("done");
        ListOf(name).Delta.Size.ShouldBe(0); // much of it is new: the whole index is written
    }

    private ListShelf Shelf => server.Services.GetRequiredService<ListShelf>();

    private LoadedList ListOf(string name) => Shelf.Current.Lists.Single(l => l.Name == name);

    private string FolderOf(string name) => Path.Combine(server.Services.GetRequiredService<Instance>().Folder(Instance.IndexFolder), name);

    private IEnumerable<string?> FilesOf(string name) => Directory.GetFiles(FolderOf(name)).Select(Path.GetFileName);

    private static IEnumerable<ListedEntity> Fillers(int count) => Enumerable.Range(0, count).Select(i => TestLists.Person($"F-{i}", $"Filler {(char)('A' + (i % 26))}amma{i}"));

    private static List<string> Answers(string name, LoadedList list) =>
        [.. list.Index.Ask(new Question { Names = [name], Kind = SubjectKind.Person }, new AskOptions { MinScore = 0.7 }).Select(h => h.SubjectId)];

    private async Task KeepAsync(string name, ListedEntity[] put, params string[] removed)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var kept = scope.ServiceProvider.GetRequiredService<KeptList>();
        await kept.ChangeAsync(name, name, put, removed, Cancel);
        await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync(Cancel);
        await kept.ShowAsync(Cancel);
    }

    private async Task<(WatchList List, ListVersion Version)> VersionAsync(string name)
    {
        await using var db = await server.OpenDbAsync();
        var list = await db.Set<WatchList>().SingleAsync(l => l.Name == name, Cancel);
        return (list, await db.Set<ListVersion>().SingleAsync(v => v.List == list.Number && v.Number == list.CurrentVersion, Cancel));
    }

    private async Task<ListedEntity?> ReadAsync(LoadedList list, string id)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ReadEntities>().BulkAsync(list, [id], Cancel)).GetValueOrDefault(id);
    }
}
