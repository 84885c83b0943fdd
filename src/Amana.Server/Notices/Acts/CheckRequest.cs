using Amana.Server.Access;
using Amana.Server.Foundation;

namespace Amana.Server.Notices;

/// <summary>Answers the criteria of what is being written, as its requester may see them. Nothing is kept and nothing decided.</summary>
internal sealed class CheckRequest(Gate gate, NoticeDesk desk)
{
    /// <param name="Reference">Of the draft it is about; null for one not begun yet.</param>
    public sealed record Request(NoticeColour Colour, NoticeForm Form, string? Reference, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields);

    /// <param name="Row">Of the draft.</param>
    public sealed record Answer(PreCheck Check, IReadOnlyList<Refusal> Problems, NoticeContent Content, NoticeRow? Row, int Pictures);

    public async Task<Result<Answer>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.DraftNotices, NoticeRules.Own.Of(request.Colour).Purpose, cancel)).Succeeded(out _, out var forbidden)) return forbidden;
        NoticeRow? row = null;
        int pictures = 0;
        if (request.Reference is not null)
        {
            if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
            if (notice.Bureau != caller.Bureau) return NoticeRefusals.Unknown;
            (row, pictures, request) = (NoticeViews.RowOf(notice), notice.Pictures, request with { Colour = notice.Colour, Form = notice.Form });
        }

        var (content, problems) = NoticeContent.ReadAll(request.Colour, request.Fields);
        var facts = await desk.FactsAsync(caller.Bureau, request.Form, content, pictures, request.Reference, caller, cancel);
        return new Answer(PreCheck.Of(request.Colour, content, facts).ForRequester(), problems, content, row, pictures);
    }
}
