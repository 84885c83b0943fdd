using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Notices;

/// <summary>What a notice says of a person is not in the database for who has the database alone.</summary>
public class SealedNoticeTests
{
    [Fact]
    public async Task The_database_file_names_nobody_of_whom_a_request_speaks()
    {
        await using var own = await AmanaServer.StartOnSqliteAsync();
        var desks = await AtAsync(own);
        var fields = Requests.With(NewRed(), "aliases=Vexolumbra", "familyNameOriginal=زورفاثيل", "marks=Scar shaped like a heron");
        string reference = Ref(await desks.DraftAsync(fields));
        byte[] picture = PictureTests.Jpeg(scan: [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 7 % 251))]);
        using (var body = new ByteArrayContent(picture))
        {
            body.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            (await desks.Officer.PostAsync($"api/v1/notices/{reference}/pictures", body)).EnsureSuccessStatusCode();
        }

        await StepAsync(desks.Officer, reference, "submit");
        await desks.AnswerAllAsync(reference);
        await StepAsync(desks.Reviewer, reference, "ask-bureau", "Is Vexolumbra the same as Quibbleton?");
        var protectedPerson = new { familyName = "Plimsharrow", forename = "Oda", birthDate = "1979" };
        await (await desks.Reviewer.PostAsJsonAsync("api/v1/protections", new { fields = protectedPerson, against = new[] { "UTO" }, confirmedBy = "Bureau of Plimwick" })).ShouldBeJsonAsync();

        byte[] file = await FileAsync(own);
        Encoding.UTF8.GetString(file).ShouldContain(reference, customMessage: "the file that was read is the one in use");
        foreach (string word in (string[])[fields["familyName"], fields["familyName"].ToUpperInvariant(), "Quennow", "Vexolumbra", "زورفاثيل", "heron", "forged identity card", "Weighed: yes", "Quibbleton", "Plimsharrow", "Plimwick", fields["warrantReference"]])
        {
            file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)).ShouldBe(-1, word);
        }

        file.AsSpan().IndexOf(picture.AsSpan(picture.Length - 150, 64)).ShouldBe(-1, "the photograph");
        (await ReadAsync(desks.Officer, reference)).GetProperty("fields").GetProperty("aliases")[0].GetString().ShouldBe("Vexolumbra");
        (await (await desks.Officer.GetAsync("api/v1/notices?text=vexolum")).ShouldBeJsonAsync()).GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Old_rows_open_after_the_keys_were_changed_and_new_ones_are_sealed_with_the_new_key()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        var draft = await desks.DraftAsync(NewRed());
        string before = Ref(draft);
        own.Services.GetRequiredService<KeyRotation>().Change();
        string after = Ref(await desks.DraftAsync(NewRed()));
        (await ReadAsync(desks.Officer, before)).GetProperty("fields").GetProperty("forename")[0].GetString().ShouldBe("Quennow");
        await using var db = await own.OpenDbAsync();
        byte[] old = (await db.Notices.SingleAsync(n => n.Reference == before, TestContext.Current.CancellationToken)).Sealed!, fresh = (await db.Notices.SingleAsync(n => n.Reference == after, TestContext.Current.CancellationToken)).Sealed!;
        (old[3], fresh[3]).ShouldBe(((byte)1, (byte)2), "the number of the data key");
    }

    [Fact]
    public async Task What_is_moved_to_another_row_does_not_open_there()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        string one = Ref(await desks.DraftAsync(NewRed())), other = Ref(await desks.DraftAsync(NewRed()));
        await using (var db = await own.OpenDbAsync())
        {
            byte[] sealedOne = (await db.Notices.SingleAsync(n => n.Reference == one, TestContext.Current.CancellationToken)).Sealed!;
            await db.Notices.Where(n => n.Reference == other).ExecuteUpdateAsync(s => s.SetProperty(n => n.Sealed, sealedOne), TestContext.Current.CancellationToken);
            var moved = await db.Notices.SingleAsync(n => n.Reference == other, TestContext.Current.CancellationToken);
            Should.Throw<KeyException>(() => moved.Content);
        }

        (await desks.Officer.GetAsync($"api/v1/notices/{other}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.InternalServerError);
    }

    // All that is on the disk of the database, also what was written and not yet moved from its log.
    private static async Task<byte[]> FileAsync(AmanaServer server)
    {
        string path = server.Services.GetRequiredService<Instance>().DatabaseFile;
        using var all = new MemoryStream();
        foreach (string part in (string[])[path, path + "-wal"])
        {
            if (!File.Exists(part)) continue;
            await using var file = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await file.CopyToAsync(all, TestContext.Current.CancellationToken);
        }

        return all.ToArray();
    }
}
