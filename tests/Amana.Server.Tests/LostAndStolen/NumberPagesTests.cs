using System.Net;
using System.Text;
using Amana.Server.LostAndStolen;
using Amana.Server.Tests.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tests.LostAndStolen;

/// <summary>A number is checked, a hit put to its owner and answered, and a record entered and withdrawn, on the pages, without script.</summary>
public class NumberPagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_is_checked_and_its_owner_asked_on_the_pages()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        const string check = "/numbers?kind=document&lang=en";
        (await officer.PostAsync(check, "check", ("number", "X0000000Y"), ("issuer", "UTO"), ("purpose", "border-check"))).ShouldContain("No record");
        string page = await officer.PostAsync(check, "check", ("number", ""), ("zone", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\r\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"), ("purpose", "border-check"));
        page.ShouldContain("Ask the owner before any measure.");
        page.ShouldContain("UT-LD-26-008817");
        page.ShouldNotContain("ERIKSSON");
        page.ShouldContain("date of expiry");
        string wrong = await officer.RefusedAsync(check, "check", HttpStatusCode.BadRequest, ("number", ""), ("zone", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\r\nL898902C36UTO7408127F1204159ZE184226B<<<<<10"), ("purpose", "border-check"));
        WebUtility.HtmlDecode(wrong).ShouldContain("7 ≠ 2", customMessage: "the digit that does not agree is named");
        string last = page[page.IndexOf("Your last checks", StringComparison.Ordinal)..];
        last.ShouldContain("L898902C3");
        last.ShouldContain("X0000000Y");
        using (var second = await BrowserSession.SignInAsync(own.Address, "second-officer")) (await second.PageAsync(check)).ShouldNotContain("X0000000Y", customMessage: "others' checks are not shown");
        (await officer.PostAsync(check, "check", ("number", "1898902C3"), ("issuer", "UTO"), ("purpose", "border-check"))).ShouldContain("Same but for characters that look alike");
        (await officer.RefusedAsync(check, "check", HttpStatusCode.BadRequest, ("number", "X"), ("purpose", "border-check"))).ShouldContain("4 to 40 letters and digits");

        await using var db = await own.OpenDbAsync();
        string reference = await db.Set<ReportedItem>().Where(i => i.Kind == ItemKind.Document).OrderBy(i => i.Reference).Select(i => i.Reference).FirstAsync(Cancel);
        await officer.PostAsync(check, "ask", ("record", reference), ("asked", "L898902C3"), ("text", "Bearer is here."), ("purpose", "border-check"));
        var question = await db.Set<OwnerQuestion>().SingleAsync(Cancel);
        Encoding.UTF8.GetString(question.Sealed!).ShouldNotContain("Bearer");
        Encoding.UTF8.GetString((await db.Set<ReportedItem>().FirstAsync(i => i.Reference == reference, Cancel)).Sealed!).ShouldNotContain("UT-LD-26-008817");
        (await officer.PageAsync("/?lang=en")).ShouldContain("Answer as owner");
        await officer.PostAsync($"/items/{reference}?purpose=investigation&lang=en", $"answer-{question.Id}", ("question", question.Id.ToString()), ("confirmed", "no"), ("text", "Found again."));
        (await officer.PageAsync(check)).ShouldContain("Found again.");
        (await officer.PageAsync("/?lang=en")).ShouldNotContain("Answer as owner");

        await officer.PostAsync("/items/new?kind=vehicle&lang=en", "enter", ("vin", "1SPEC0000UT000099"), ("fraud", "stolen"), ("make", "Specimen"), ("purpose", "investigation"));
        (await officer.RefusedAsync("/items/new?kind=vehicle&lang=en", "enter", HttpStatusCode.UnprocessableEntity, ("fraud", "stolen"), ("make", "Kept"), ("purpose", "investigation"))).ShouldContain("value=\"Kept\"", customMessage: "what was typed stays");
        string vehicle = await db.Set<ItemNumber>().Where(n => n.Value == "1SPEC0000UT000099").Select(n => n.Of!.Reference).SingleAsync(Cancel);
        (await officer.PostAsync("/numbers?kind=vehicle&lang=en", "check", ("number", "1SPEC0000UT000099"), ("purpose", "border-check"))).ShouldContain(vehicle);
        await officer.PostAsync($"/items/{vehicle}?purpose=investigation&lang=en", "withdraw", ("reason", "recovered"));
        (await officer.PostAsync("/numbers?kind=vehicle&lang=en", "check", ("number", "1SPEC0000UT000099"), ("purpose", "border-check"))).ShouldNotContain(vehicle);

        foreach (string language in (string[])["ar", "en", "fr", "es"])
            foreach (string address in (string[])["/numbers?kind=document", "/numbers?kind=vessel", "/items?kind=document", "/items?kind=art", "/items/new?kind=document", "/items/new?kind=vessel", $"/items/{reference}?purpose=investigation"])
            {
                string text = await officer.PageAsync($"{address}&lang={language}");
                foreach (string prefix in (string[])[">items.", ">numbers.", "\"items.", "\"numbers."]) text.ShouldNotContain(prefix, customMessage: $"{address} {language}: a key without a text");
            }
    }
}
