using Amana.Paper;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Notices.Pages;

/// <summary>The paper of a notice as a file: beside the print page for people, and in the API for programs. The same act as the page.</summary>
internal static class PaperRoutes
{
    private const string MediaType = "application/pdf";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/notices/{reference}/print.pdf", ForPeopleAsync).ExcludeFromDescription().RequireAuthorization(nameof(Right.ReadNotices));
        routes.MapGet("/api/v1/notices/{reference}/print.pdf", ForPrograms).WithTags("Notices").RequireAuthorization(nameof(Right.ReadNotices))
            .Produces(200, contentType: MediaType).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
    }

    /// <summary>Who has not said for what yet says it on the page.</summary>
    internal static async Task<IResult> ForPeopleAsync(string reference, Caller caller, PrintNotice print, HttpContext http, CancellationToken cancel, string? purpose = null, string? paper = null)
    {
        var result = await print.RunAsync(new(reference, purpose, WithPictures: true), caller, cancel);
        if (result.Succeeded(out var view, out var refused)) return FileOf(view, caller, http, paper);
        if (refused.Code == "access.purpose-missing") return TypedResults.LocalRedirect($"/notices/{Uri.EscapeDataString(reference)}/print");
        return ErrorAnswers.WantsPage(http) ? TypedResults.StatusCode(Problems.StatusOf(refused.Kind)) : refused.ToProblem();
    }

    /// <summary>The notice for paper, as a tagged PDF file. Header `Amana-Purpose`, or the token's own purpose; `lang` is ar, en, fr or es,
    /// `paper` is a4 or letter. Each copy is numbered and journaled.</summary>
    internal static async Task<IResult> ForPrograms(string reference, Caller caller, PrintNotice print, HttpContext http, CancellationToken cancel, string? lang = null, string? paper = null) =>
        (await print.RunAsync(new(reference, null, WithPictures: true), caller, cancel)).Succeeded(out var view, out var refused)
            ? FileOf(view, caller, http, paper) : refused.ToProblem();

    private static FileContentHttpResult FileOf(PrintNotice.View view, Caller caller, HttpContext http, string? paper)
    {
        var texts = WebRequest.TextsOf(http);
        byte[] file = NoticePdf.Of(NoticePaper.Of(view, texts, caller.Name, $"{http.Request.Scheme}://{http.Request.Host}"), view.Pictures,
            string.Equals(paper, "letter", StringComparison.OrdinalIgnoreCase) ? SheetSize.Letter : SheetSize.A4, view.At);
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(file, MediaType, $"{view.Notice.Row.Reference}-{texts.Language.Code}.pdf");
    }
}
