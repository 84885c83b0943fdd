using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Server.Exchange;

/// <summary>A letter that came, opened; its signature holds and it is for us.</summary>
/// <param name="To">All whom it was written to.</param>
/// <param name="WrittenAt">By the writer's clock.</param>
/// <param name="ArrivedAt">By ours.</param>
/// <param name="Body">Only while it is read.</param>
public sealed record ReceivedLetter(Guid Id, BureauCode From, IReadOnlyList<BureauCode> To, DateTimeOffset WrittenAt, DateTimeOffset ArrivedAt, JsonElement Body);

/// <summary>Kinds of letters of which only who handles requests of data subjects may learn that there are any: they stand in no list of others, and the journal
/// has them under the facts of their own module alone.</summary>
public static class QuietKinds
{
    public const string Consultation = "consultation", ConsultationAnswer = "consultation-answer";

    internal static readonly string[] All = [Consultation, ConsultationAnswer];
}

/// <summary>Reads letters of one kind. A module registers one for each <see cref="Letter.Kind"/>: <c>services.AddKeyedScoped&lt;ILetterReader, MessageReader&gt;("message")</c>.</summary>
public interface ILetterReader
{
    /// <summary>Adds what follows from the letter to the database context, which is saved with the letter itself, in one transaction. Never saves.</summary>
    /// <returns>Null; or a word that the sender is told, for good: nothing is kept then. One of <c>a</c> to <c>z</c> and hyphens.</returns>
    Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel);

    /// <summary>When that was saved, or was not; once for each <see cref="TakeAsync"/>, in the same scope. For turns that are given back and what is shown then.</summary>
    Task AfterAsync(bool isSaved, CancellationToken cancel) => Task.CompletedTask;
}
