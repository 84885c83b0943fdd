using System.Text.Json;
using Microsoft.AspNetCore.Identity;

namespace Amana.Server.Access.Passkeys;

/// <summary>Asks a browser for a passkey, and checks its answer. The checks are those of ASP.NET Core Identity: challenge, origin, domain,
/// signature, that the person was verified by the device, and the count of uses.</summary>
internal sealed partial class PasskeyProof(IPasskeyHandler<Person> handler, PasskeyChallenges challenges, ILogger<PasskeyProof> log)
{
    private const string Adding = "add", Proving = "prove";
    private const int AnswerLongest = 32_000;

    /// <summary>Options for <c>navigator.credentials.create</c>, as JSON.</summary>
    public async Task<string> AskForNewAsync(Person person, HttpContext http)
    {
        var asked = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = person.Id.ToString(), Name = person.UserName ?? "", DisplayName = person.DisplayName,
        }, http);
        challenges.Ask(http, Adding, asked.AttestationState);
        return asked.CreationOptionsJson;
    }

    /// <summary>Options for <c>navigator.credentials.get</c>, as JSON.</summary>
    /// <param name="person">Whose passkeys are good; null: of whoever answers.</param>
    public async Task<string> AskForKnownAsync(Person? person, HttpContext http)
    {
        var asked = await handler.MakeRequestOptionsAsync(person, http);
        challenges.Ask(http, Proving, asked.AssertionState);
        return asked.RequestOptionsJson;
    }

    /// <summary>The new passkey, or null when the answer is not one to our question.</summary>
    public async Task<UserPasskeyInfo?> TakeNewAsync(Person person, string? answer, HttpContext http)
    {
        if (challenges.Take(http, Adding) is not { } state || !IsJson(answer)) return null;
        var result = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = answer!, AttestationState = state });
        if (!result.Succeeded) NotTaken(log, result.Failure.Message);
        return result.Succeeded && result.UserEntity.Id == person.Id.ToString() ? result.Passkey : null;
    }

    /// <summary>Who proved to be there, and the passkey as it is now; null when the answer proves nothing.</summary>
    public async Task<(Person Person, UserPasskeyInfo Passkey)?> TakeKnownAsync(string? answer, HttpContext http)
    {
        if (challenges.Take(http, Proving) is not { } state || !IsJson(answer)) return null;
        var result = await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = answer!, AssertionState = state });
        if (!result.Succeeded) NotAccepted(log, result.Failure.Message);
        return result.Succeeded ? (result.User, result.Passkey) : null;
    }

    // The framework's reasons speak of challenges and flags, never of a person.
    [LoggerMessage(LogLevel.Information, "A new passkey was not taken: {Why}")]
    private static partial void NotTaken(ILogger log, string why);

    [LoggerMessage(LogLevel.Information, "A passkey was not accepted: {Why}")]
    private static partial void NotAccepted(ILogger log, string why);

    private static bool IsJson(string? answer)
    {
        if (answer is not { Length: > 0 and <= AnswerLongest }) return false;
        try
        {
            using var read = JsonDocument.Parse(answer);
            return read.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
