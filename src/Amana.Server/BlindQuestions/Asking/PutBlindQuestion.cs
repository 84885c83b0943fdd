using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Private;
using Amana.Server.BlindQuestions.Asked;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.BlindQuestions.Asking;

/// <summary>One bureau's part of a blind question: its terms, its list, its answers with their proof, and what of them is in the list.</summary>
internal sealed class PutBlindQuestion(BureauLine line, BureauBook book, HeldSealedLists lists, TimeProvider clock)
{
    private const string JsonType = "application/json";
    private const int NothingBytes = 16;

    /// <returns>Yes or no; or why there is no answer, in a word.</returns>
    public async Task<(BlindState State, string? Word)> RunAsync(BureauCode bureau, IReadOnlyList<string> keys, string purpose, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (!book.Exchanges(bureau) || book.Find(bureau) is not { } entry) return (BlindState.NotReached, "closed");
        var said = await line.SendAsync(entry.Address, HttpMethod.Get, "exchange/v1/blind", default, null, isSigned: true, cancel);
        if (said.Status != 200) return Refused(said);
        var now = clock.GetUtcNow();
        if (BureauStatement.Read(Encoding.ASCII.GetString(said.Bytes), bureau, name => book.SigningKey(name, now)) is not { } payload || Json<AnswerBlind.Terms>(payload) is not { } terms) return (BlindState.NotReached, "terms");
        if (await lists.OfAsync(bureau, terms, cancel) is not { } list) return (BlindState.NotReached, "list");

        // Always the same number, in an order that tells nothing: what is missing is filled with questions about nothing.
        var questions = keys.Select(k => (Question: BlindQuestion.About(Encoding.UTF8.GetBytes(k)), IsReal: true)).Concat(Enumerable.Range(0, AnswerBlind.Elements - keys.Count)
            .Select(_ => (Question: BlindQuestion.About(RandomNumberGenerator.GetBytes(NothingBytes)), IsReal: false))).ToArray();
        Random.Shared.Shuffle(questions);
        byte[][] asked = [.. questions.Select(q => q.Question.Element)];
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new AnswerBlind.Body(purpose, asked), JsonRules.Options);
        var answer = await line.SendAsync(entry.Address, HttpMethod.Post, $"exchange/v1/blind/{terms.Epoch}", body, JsonType, isSigned: true, cancel);
        if (answer.Status != 200) return Refused(answer);
        if (Json<AnswerBlind.Reply>(answer.Bytes) is not { Answered: { } answered, Proof: { } proof } || !new BlindAnswer(answered, proof).IsOf(terms.PublicKey, asked)) return (BlindState.NotReached, "proof");
        bool found = false;
        for (int i = 0; i < questions.Length; i++)
        {
            if (questions[i].Question.Finish(answered[i]) is not { } output) return (BlindState.NotReached, "proof");
            found |= list.Has(output) && questions[i].IsReal;
        }

        return (found ? BlindState.Yes : BlindState.No, null);
    }

    private static (BlindState, string) Refused(BureauLine.Answer answer) => answer.Status switch
    {
        403 when answer.Word == "closed" => (BlindState.Closed, "closed"),
        403 => (BlindState.NotAllowed, "not-allowed"),
        429 => (BlindState.NotAllowed, "limit-reached"),
        _ => (BlindState.NotReached, answer.Status == 0 ? "away" : "not-ready"),
    };

    private static T? Json<T>(byte[] bytes) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, JsonRules.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
