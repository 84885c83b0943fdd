using System.Text.Json;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.LostAndStolen;

/// <param name="State">in-force or withdrawn.</param>
internal sealed record ItemView(string Reference, string Kind, BureauCode Owner, string Fraud, string State, IReadOnlyDictionary<string, string> Facts, DateTimeOffset EnteredAt,
    DateTimeOffset KeptUntil, DateTimeOffset? WithdrawnAt, string? Reason, bool IsOwn);

internal static class ItemViews
{
    public static ItemView Of(ReportedItem item, BureauCode reader) => new(item.Reference, item.Kind.Word, item.Bureau, item.Fraud, Word(item.State.ToString()), item.Facts, item.EnteredAt,
        item.KeptUntil, item.WithdrawnAt, item.Reason, item.Bureau == reader);

    public static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}

/// <param name="State">asked, confirmed or not-confirmed.</param>
internal sealed record OwnerQuestionView(Id<OwnerQuestion> Id, string Record, BureauCode AskedBy, BureauCode Owner, string Number, string Agreement, string? Text, DateTimeOffset AskedAt,
    string State, string? AnswerText, DateTimeOffset? AnsweredAt, bool ForMe)
{
    public static OwnerQuestionView Of(OwnerQuestion question, BureauCode reader) => new(question.Id, question.ItemReference, question.AskedBy, question.Owner, question.Words.Number, question.Agreement,
        question.Words.Text, question.AskedAt, ItemViews.Word(question.Answer.ToString()), question.Words.Answer, question.AnsweredAt, question.Owner == reader && question.Answer is OwnerAnswer.Asked);
}
