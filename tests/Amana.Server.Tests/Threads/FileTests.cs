using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Tests.Exchange;
using Amana.Server.Tests.Notices;
using Amana.Server.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Threads;

public sealed class FileTests
{
    private const int Mib = 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_comes_in_parts_goes_on_after_a_stop_and_is_the_same_at_the_other_bureau()
    {
        await using var circle = await Circle.JoinedAsync(3);
        using var officer = await circle[0].ClientAsync(Right.SendMessages, Right.ReadMessages);
        byte[] whole = RandomNumberGenerator.GetBytes((5 * Mib) + 123);
        var id = await BeginAsync(officer, "évidence 1.bin", whole.Length);
        (await PutAsync(officer, id, 0, whole.AsMemory(0, 2 * Mib))).GetProperty("next").GetInt64().ShouldBe(2 * Mib);
        (await CodeAsync(officer, id, 0, whole.AsMemory(0, Mib))).ShouldBe("file.part", "it was there already");
        (await CodeAsync(officer, id, 2 * Mib, whole.AsMemory(2 * Mib, 100))).ShouldBe("file.part", "not a whole MiB and not the last");
        // A stop in the middle of a chunk: what was not acknowledged is written anew.
        string onDisk = Path.Combine(circle[0].DataFolder, "attachments", id.ToString("N"));
        await File.AppendAllBytesAsync(onDisk, [1, 2, 3], Cancel);
        (await (await officer.GetAsync($"api/v1/files/{id}", Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("next").GetInt64().ShouldBe(2 * Mib);
        (await circle.CodeAsync(0, Desks.Letter("not whole", subject: "x").To(1) with { Files = [id] })).ShouldBe("file.unknown");
        (await PutAsync(officer, id, 2 * Mib, whole.AsMemory(2 * Mib))).GetProperty("state").GetString().ShouldBe("ready");
        (await File.ReadAllBytesAsync(onDisk, Cancel)).AsSpan().IndexOf(whole.AsSpan(Mib, 64)).ShouldBe(-1, "it lies sealed");

        using var sent = await officer.PostAsJsonAsync("api/v1/threads", new { to = new[] { "QST" }, subject = "With a file", text = "see", files = new[] { id }, handling = new { source = "A", information = 1 }, purpose = Desks.Purpose }, Cancel);
        sent.StatusCode.ShouldBe(HttpStatusCode.OK, await sent.Content.ReadAsStringAsync(Cancel));
        await UntilAsync(circle, 1, FileState.Here);
        string here = await circle.ReferenceAsync(1);
        var file = (await circle.ReadAsync(1)).Messages.Single().Files.ShouldHaveSingleItem();
        (file.Name, file.Bytes).ShouldBe(("évidence 1.bin", (long)whole.Length));
        using var reader = await circle[1].ClientAsync(Right.ReadMessages);
        (await reader.GetByteArrayAsync($"api/v1/threads/{here}/files/{id}?purpose={Desks.Purpose}", Cancel)).AsSpan().SequenceEqual(whole).ShouldBeTrue();
        (await circle[1].JournalAsync("file.opened", here)).Count.ShouldBe(1);

        // Nobody else's server gets it, and nobody without a signature.
        using var stranger = circle[0].Anonymous();
        (await stranger.GetAsync($"exchange/v1/files/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await using (var scope = circle[2].Services.CreateAsyncScope())
        {
            using var answer = await scope.ServiceProvider.GetRequiredService<Server.Exchange.BureauFiles>().OpenAsync(Circle.Code(0), $"exchange/v1/files/{id}", 0, Cancel);
            answer!.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        // It leaves with its message, on both disks.
        string there = await circle.ReferenceAsync(0);
        var letter = (await circle.ReadAsync(0)).Messages.Single().Letter;
        (await circle.DoAsync<RecallMessage>(0, (act, caller) => act.RunAsync(new(there, letter, Desks.Purpose), caller, default))).ShouldBeNull();
        await circle.UntilReadAsync(1, t => t.IsEmptied);
        for (int i = 0; i < 2; i++)
        {
            string path = Path.Combine(circle[i].DataFolder, "attachments", id.ToString("N"));
            await Circle.UntilAsync(() => !File.Exists(path));
        }
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_writer_signed_is_seen_by_nobody()
    {
        await using var circle = await Circle.JoinedAsync(2);
        using var officer = await circle[0].ClientAsync(Right.SendMessages, Right.ReadMessages);
        var id = await BeginAsync(officer, "a.txt", 5);
        await PutAsync(officer, id, 0, "hello"u8.ToArray());
        string onDisk = Path.Combine(circle[0].DataFolder, "attachments", id.ToString("N"));
        byte[] bytes = await File.ReadAllBytesAsync(onDisk, Cancel);
        bytes[2] ^= 1;
        await File.WriteAllBytesAsync(onDisk, bytes, Cancel);
        (await officer.PostAsJsonAsync("api/v1/threads", new { to = new[] { "QST" }, subject = "Bad", text = "see", files = new[] { id }, handling = new { }, purpose = Desks.Purpose }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await UntilAsync(circle, 1, FileState.Refused);
        string here = await circle.ReferenceAsync(1);
        using var reader = await circle[1].ClientAsync(Right.ReadMessages);
        (await reader.GetAsync($"api/v1/threads/{here}/files/{id}?purpose={Desks.Purpose}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await circle[1].JournalAsync("file.refused", here)).ShouldHaveSingleItem().Details!.ShouldContain("hash");
        File.Exists(Path.Combine(circle[1].DataFolder, "attachments", id.ToString("N"))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_picture_loses_what_its_camera_wrote_beside_it_and_a_file_obeys_the_handling_of_its_message()
    {
        await using var circle = await Circle.JoinedAsync(2);
        using var officer = await circle[0].ClientAsync(Right.SendMessages, Right.ReadMessages);
        byte[] picture = PictureTests.Jpeg();
        picture.AsSpan().IndexOf("GPS"u8).ShouldBeGreaterThan(0, "the test picture says where it was taken");
        var id = await BeginAsync(officer, "photo.jpg", picture.Length);
        await PutAsync(officer, id, 0, picture);
        (await officer.PostAsJsonAsync("api/v1/threads", new { to = new[] { "QST" }, subject = "Photo", text = "see", files = new[] { id }, handling = new { conditions = new[] { "not to the press" } }, purpose = Desks.Purpose }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await UntilAsync(circle, 1, FileState.Here);
        string here = await circle.ReferenceAsync(1);
        using var reader = await circle[1].ClientAsync(Right.ReadMessages);
        string address = $"api/v1/threads/{here}/files/{id}?purpose={Desks.Purpose}";
        (await (await reader.GetAsync(address, Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldContain("handling.condition");
        using var answer = await reader.GetAsync(address + "&confirmed=not%20to%20the%20press", Cancel);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        (await answer.Content.ReadAsByteArrayAsync(Cancel)).AsSpan().IndexOf("GPS"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task A_file_goes_on_where_the_line_was_cut()
    {
        await using var circle = await Circle.JoinedAsync(2);
        using var officer = await circle[0].ClientAsync(Right.SendMessages, Right.ReadMessages);
        byte[] whole = RandomNumberGenerator.GetBytes(3 * Mib);
        var id = await BeginAsync(officer, "big.bin", whole.Length);
        await PutAsync(officer, id, 0, whole);
        // The first half is there already, as after a line that broke in the middle of a chunk.
        byte[] onDisk = await File.ReadAllBytesAsync(Path.Combine(circle[0].DataFolder, "attachments", id.ToString("N")), Cancel);
        Directory.CreateDirectory(Path.Combine(circle[1].DataFolder, "attachments"));
        await File.WriteAllBytesAsync(Path.Combine(circle[1].DataFolder, "attachments", id.ToString("N")), onDisk[..(Mib + 777)], Cancel);
        (await officer.PostAsJsonAsync("api/v1/threads", new { to = new[] { "QST" }, subject = "Big", text = "see", files = new[] { id }, handling = new { }, purpose = Desks.Purpose }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await UntilAsync(circle, 1, FileState.Here);
        (await File.ReadAllBytesAsync(Path.Combine(circle[1].DataFolder, "attachments", id.ToString("N")), Cancel)).AsSpan().SequenceEqual(onDisk).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_no_file_of_ours_is_refused()
    {
        await using var circle = await Circle.JoinedAsync(2);
        using var officer = await circle[0].ClientAsync(Right.SendMessages);
        using var other = await circle[0].ClientAsync(Right.SendMessages);
        (await (await officer.PostAsJsonAsync("api/v1/files", new { name = "", bytes = 1 }, Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldContain("file.name");
        (await officer.PostAsJsonAsync("api/v1/files", new { name = "x", bytes = (2L << 30) + 1 }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var id = await BeginAsync(officer, "../../etc/passwd", 4);
        (await CodeAsync(other, id, 0, "abcd"u8.ToArray())).ShouldBe("file.unknown", "it is somebody else's");
        (await CodeAsync(officer, id, 0, "abcde"u8.ToArray())).ShouldBe("file.part", "more than was said");
        await PutAsync(officer, id, 0, "abcd"u8.ToArray());
        (await circle.CodeAsync(0, Desks.Letter("x", subject: "x").To(1) with { Files = [id] })).ShouldBe("file.unknown", "of another person");
        using var reader = await circle[0].ClientAsync(Right.ReadMessages);
        (await reader.PostAsJsonAsync("api/v1/files", new { name = "x", bytes = 1 }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<Guid> BeginAsync(HttpClient officer, string name, long bytes)
    {
        using var answer = await officer.PostAsJsonAsync("api/v1/files", new { name, bytes }, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("file").GetGuid();
    }

    private static async Task<JsonElement> PutAsync(HttpClient officer, Guid id, long offset, ReadOnlyMemory<byte> part)
    {
        using var content = new ReadOnlyMemoryContent(part) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var answer = await officer.PutAsync($"api/v1/files/{id}?offset={offset}", content, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static async Task<string?> CodeAsync(HttpClient officer, Guid id, long offset, ReadOnlyMemory<byte> part)
    {
        using var content = new ReadOnlyMemoryContent(part);
        using var answer = await officer.PutAsync($"api/v1/files/{id}?offset={offset}", content, Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
    }

    private static Task UntilAsync(Circle circle, int at, FileState state) => circle.UntilReadAsync(at, t => t.Messages.SelectMany(m => m.Files).All(f => f.State == state) && t.Messages.Any(m => m.Files.Count > 0));
}
