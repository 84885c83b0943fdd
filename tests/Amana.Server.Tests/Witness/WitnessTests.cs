using System.Net;
using System.Net.Http.Json;
using System.Text;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Sealing.Trees;
using Amana.Server.Access;
using Amana.Server.Journal;
using Amana.Server.Witness;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Witness;

public sealed class WitnessTests : IAsyncLifetime
{
    private readonly NoteSigner _log = NoteSigner.Of("journal.neighbour.example", NoteAlgorithm.Ed25519, NoteSigner.NewSeed());
    private AmanaServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await AmanaServer.StartNewAsync();

    public async ValueTask DisposeAsync()
    {
        _log.Dispose();
        await _server.DisposeAsync();
    }

    private static TreeHash[] Leaves(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i => TreeHash.OfLeaf(BitConverter.GetBytes(i)))];

    private static TreeHash Root(IEnumerable<TreeHash> leaves)
    {
        var tree = new GrowingTree();
        foreach (var leaf in leaves) tree.Add(leaf);
        return tree.Root;
    }

    private byte[] Request(int old, int size, IReadOnlyList<TreeHash> proof, IEnumerable<TreeHash>? leaves = null, NoteSigner? by = null, string? origin = null)
    {
        string text = new Checkpoint(origin ?? _log.Verifier.Name, size, Root((leaves ?? Leaves(size)).Take(size))).ToString();
        return new CheckpointRequest(old, proof, SignedNote.Of(text, (by ?? _log).Sign(text, DateTimeOffset.UnixEpoch))).ToBytes();
    }

    private async Task<(HttpStatusCode Status, string Said)> SendAsync(byte[] request)
    {
        using var client = _server.Anonymous();
        using var answer = await client.PostAsync("witness/add-checkpoint", new ByteArrayContent(request));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task WitnessAsync()
    {
        using var client = await _server.ClientAsync(Right.ManageWitnesses);
        using var added = await client.PostAsJsonAsync("api/v1/witnessed-logs", new { name = "NCB Neighbour", key = _log.Verifier.ToString() });
        added.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_log_that_grows_is_signed_each_time_and_the_signature_holds()
    {
        await WitnessAsync();
        using var client = _server.Anonymous();
        NoteKey.TryParse((await client.GetStringAsync("witness/key")).Trim(), out var key).ShouldBeTrue();
        byte[] first = Request(0, 3, []);
        var (status, said) = await SendAsync(first);
        status.ShouldBe(HttpStatusCode.OK, said);
        NoteSignature.TryParse(said.TrimEnd('\n'), out var signature).ShouldBeTrue();
        CheckpointRequest.TryParse(first, out var sent).ShouldBeTrue();
        sent!.Note.With(signature!).IsSignedBy(key!, out var at).ShouldBeTrue();
        at.ShouldNotBeNull();

        // From 3 to 4: the old root was made of a pair and a single one.
        var leaves = Leaves(4);
        (await SendAsync(Request(3, 4, [leaves[2], leaves[3], TreeHash.OfNode(leaves[0], leaves[1])]))).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(Request(4, 4, []))).Status.ShouldBe(HttpStatusCode.OK, "the same once more");
    }

    [Fact]
    public async Task A_log_that_was_rewritten_is_refused_and_taken_down_with_both_roots()
    {
        await WitnessAsync();
        (await SendAsync(Request(0, 4, []))).Status.ShouldBe(HttpStatusCode.OK);
        var other = Leaves(4, from: 100);
        (await SendAsync(Request(4, 4, [], other))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var longer = Leaves(5, from: 100);
        (await SendAsync(Request(4, 5, [longer[4]], longer))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var taken = await _server.JournalAsync("witnessed-log.refused");
        taken.Count.ShouldBe(2);
        taken[0].Details!.ShouldContain(Root(Leaves(4)).ToString());
        (await SendAsync(Request(4, 5, [Leaves(5)[4]], Leaves(5)))).Status.ShouldBe(HttpStatusCode.OK, "the true one is signed still");
    }

    [Fact]
    public async Task Whoever_is_elsewhere_is_told_the_size_and_what_is_no_request_is_refused()
    {
        await WitnessAsync();
        (await SendAsync(Request(0, 4, []))).Status.ShouldBe(HttpStatusCode.OK);
        var behind = await SendAsync(Request(2, 5, []));
        (behind.Status, behind.Said).ShouldBe((HttpStatusCode.Conflict, "4\n"));
        using var stranger = NoteSigner.Of(_log.Verifier.Name, NoteAlgorithm.Ed25519, NoteSigner.NewSeed());
        (await SendAsync(Request(4, 4, [], by: stranger))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(Request(0, 4, [], origin: "journal.unknown.example"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(Request(9, 4, []))).Status.ShouldBe(HttpStatusCode.BadRequest);
        foreach (string broken in (string[])["", "old", "old -1\n\nx", "old 4\nAAAA\n\nnote", "old 04\n\n", new string('x', 100_000)])
        {
            (await SendAsync(Encoding.UTF8.GetBytes(broken))).Status.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Of_checkpoints_that_come_at_once_none_that_do_not_go_together_are_signed()
    {
        await WitnessAsync();
        (await SendAsync(Request(0, 4, []))).Status.ShouldBe(HttpStatusCode.OK);
        var one = Leaves(5);
        TreeHash[] two = [.. Leaves(4), TreeHash.OfLeaf([9])];
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => SendAsync(i % 2 == 0 ? Request(4, 5, [one[4]], one) : Request(4, 5, [two[4]], two))));
        var signed = answers.Where(a => a.Status is HttpStatusCode.OK).Count();
        signed.ShouldBe(1, string.Join(", ", answers.Select(a => a.Status)));
    }

    [Fact]
    public async Task Two_servers_witness_each_other_and_the_signature_stands_under_the_checkpoint()
    {
        await using var other = await AmanaServer.StartNewAsync();
        await JoinAsync(_server, other);
        await _server.TokenAsync(Right.Screen);
        await AskWitnesses.RoundAsync(_server.Services.GetRequiredService<IServiceScopeFactory>(), default);

        using var reader = await _server.ClientAsync(Right.ReadJournal);
        var witness = (await (await reader.GetAsync("api/v1/witnesses")).ShouldBeJsonAsync()).GetProperty("witnesses")[0];
        witness.GetProperty("fault").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        witness.GetProperty("size").GetInt64().ShouldBeGreaterThan(0);

        using var client = _server.Anonymous();
        SignedNote.TryParse(await client.GetByteArrayAsync("journal/witnessed"), out var note).ShouldBeTrue();
        NoteKey.TryParse((await client.GetStringAsync("journal/key")).Trim(), out var journalKey).ShouldBeTrue();
        note!.IsSignedBy(journalKey!).ShouldBeTrue();
        note.IsSignedBy(other.Services.GetRequiredService<WitnessKeys>().Signer.Verifier).ShouldBeTrue();
        var found = await _server.RunAsync<JournalProof, JournalProof.Finding>(proof => proof.ProveAsync(default));
        found.Fault.ShouldBeNull("a co-signed checkpoint is as good as one");
    }

    [Fact]
    public async Task An_old_copy_of_a_server_is_found_by_its_witness()
    {
        await using var other = await AmanaServer.StartNewAsync();
        await _server.TokenAsync(Right.Screen);
        var scopes = _server.Services.GetRequiredService<IServiceScopeFactory>();
        await JoinAsync(_server, other);
        await AskWitnesses.RoundAsync(scopes, default);

        // The witness has seen more than there is, as after an old copy was put back.
        await using (var db = await other.OpenDbAsync())
        {
            db.Set<WitnessedLog>().Single().Saw(1_000_000, TreeHash.OfLeaf([1]), DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        }

        await _server.TokenAsync(Right.Screen);
        await _server.Services.GetRequiredService<Server.Journal.Tree.JournalTree>().GrowAsync(default);
        await AskWitnesses.RoundAsync(scopes, default);
        (await _server.JournalAsync("witness.refused-us")).Last().Details!.ShouldContain("ahead");
    }

    [Fact]
    public async Task Only_whoever_may_names_witnesses_and_what_is_typed_badly_is_refused()
    {
        using var officer = await _server.ClientAsync(Right.Screen, Right.ReadJournal);
        using (var answer = await officer.PostAsJsonAsync("api/v1/witnesses", new { name = "x", address = "https://x.example", key = "k" })) answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var client = await _server.ClientAsync(Right.ManageWitnesses, Right.ReadJournal);
        string key = _server.Services.GetRequiredService<WitnessKeys>().Signer.Verifier.ToString();
        foreach (var (name, address, given, code) in ((string, string, string, string)[])
        [
            ("", "https://x.example/witness", key, "witness.name"), ("X", "http://x.example/witness", key, "witness.address"), ("X", "file:///etc/passwd", key, "witness.address"),
            ("X", "https://user:secret@x.example", key, "witness.address"), ("X", "https://x.example", "key", "witness.key"), ("X", "https://x.example", _log.Verifier.ToString(), "witness.key"),
        ])
        {
            using var answer = await client.PostAsJsonAsync("api/v1/witnesses", new { name, address, key = given });
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).ShouldContain(code);
        }

        using (var added = await client.PostAsJsonAsync("api/v1/witnesses", new { name = "X", address = "http://127.0.0.1:1/witness", key })) added.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using (var twice = await client.PostAsJsonAsync("api/v1/witnesses", new { name = "X", address = "http://127.0.0.1:1/witness", key })) twice.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await AskWitnesses.RoundAsync(_server.Services.GetRequiredService<IServiceScopeFactory>(), default);
        using (var removed = await client.PostAsJsonAsync("api/v1/witnesses/remove", new { key })) removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private static async Task JoinAsync(AmanaServer shown, AmanaServer witness)
    {
        using var sees = await witness.ClientAsync(Right.ManageWitnesses);
        using var shows = await shown.ClientAsync(Right.ManageWitnesses);
        string journal = (await sees.GetStringAsync(new Uri(shown.Address, "journal/key"))).Trim(), key = (await shows.GetStringAsync(new Uri(witness.Address, "witness/key"))).Trim();
        (await sees.PostAsJsonAsync("api/v1/witnessed-logs", new { name = "NCB Utopia", key = journal })).EnsureSuccessStatusCode();
        (await shows.PostAsJsonAsync("api/v1/witnesses", new { name = "NCB Neighbour", address = new Uri(witness.Address, "witness").ToString(), key })).EnsureSuccessStatusCode();
        await shown.Services.GetRequiredService<Server.Journal.Tree.JournalTree>().GrowAsync(default);
    }
}
