using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Exchange;

internal static class ExchangeRefusals
{
    // To other servers: who are they? 401 for what the next attempt may put right, 403 for what it will not.
    public static readonly Refusal NotSigned = new(RefusalKind.Unknown, "exchange.not-signed", "The request has no signature that can be read (RFC 9421, label amana).");
    public static readonly Refusal Coverage = new(RefusalKind.Unknown, "exchange.coverage", "The signature must cover method, authority, path, query and content-digest, with a nonce.");
    public static readonly Refusal Purpose = new(RefusalKind.Unknown, "exchange.purpose", "The signature is made for another use, or with another algorithm than ed25519.");
    public static readonly Refusal Time = new(RefusalKind.Unknown, "exchange.time", "The signature is more than 300 seconds old, or from the future; compare the clocks.");
    public static readonly Refusal Key = new(RefusalKind.Unknown, "exchange.key", "No key of that name is good now, by the directory that this server holds.");
    public static readonly Refusal Signature = new(RefusalKind.Unknown, "exchange.signature", "The signature does not fit the request.");
    public static readonly Refusal Digest = new(RefusalKind.Unknown, "exchange.digest", "The body is not the one whose hash was signed.");
    public static readonly Refusal Authority = new(RefusalKind.Unknown, "exchange.authority", "The request was signed for another server.");
    public static readonly Refusal Replay = new(RefusalKind.Unknown, "exchange.replay", "This request was made before; each is good once.");
    public static readonly Refusal RefusedHere = new(RefusalKind.Forbidden, "exchange.refused-here", "This bureau takes nothing from yours at present.");
    public static readonly Refusal Busy = new(RefusalKind.TooOften, "exchange.busy", "Your bureau has more requests at work here than it may; come again.");
    public static readonly Refusal NotReady = new(RefusalKind.NotReady, "exchange.not-ready", "This server is not set up yet.");
    public static readonly Refusal NotRelay = new(RefusalKind.Forbidden, "exchange.not-relay", "This server passes nothing on to that bureau: the directory does not name it as its relay.");
    public static readonly Refusal RelayFull = new(RefusalKind.NotReady, "exchange.relay-full", "Too much waits here for that bureau; come again.");
    public static readonly Refusal EnvelopeTooLarge = new(RefusalKind.TooLarge, "exchange.too-large-envelope", "An envelope has at most 8 MiB; attachments travel beside it.");

    public static readonly Refusal WrongDoor = new(RefusalKind.Forbidden, "exchange.wrong-door", "Other servers have an address of their own here, with a certificate; nothing else is answered there.");

    public static readonly Refusal DirectoryUnreadable = new(RefusalKind.Invalid, "exchange.directory-unreadable", "This is no directory of bureaus, or its signer is not named.");
    public static readonly Refusal DirectorySigner = new(RefusalKind.Forbidden, "exchange.directory-signer", "The directory is not signed by the Secretariat that this bureau trusts.");
    public static readonly Refusal DirectoryOlder = new(RefusalKind.Conflict, "exchange.directory-older", "This bureau has a newer directory.");
    public static readonly Refusal DirectoryTwoTongues = new(RefusalKind.Incomplete, "exchange.directory-two-tongues", "This bureau has another directory of the same version: the Secretariat says two things.");
    public static readonly Refusal DirectoryKeyChanged = new(RefusalKind.Incomplete, "exchange.directory-key-changed", "A name stands for another key than before, or a revoked key is trusted again.");

    public static readonly Refusal NoDirectory = new(RefusalKind.Conflict, "exchange.no-directory", "This bureau goes by no directory yet: found one, or be added to one.");
    public static readonly Refusal DirectoryThere = new(RefusalKind.Conflict, "exchange.directory-there", "This bureau goes by a directory already.");
    public static readonly Refusal NotSecretariat = new(RefusalKind.Conflict, "exchange.not-secretariat", "Only the Secretariat changes the directory; ask it.");
    public static readonly Refusal ProposalThere = new(RefusalKind.Conflict, "exchange.proposal-there", "Another key for the directory is proposed already; agree to that or withdraw it.");
    public static readonly Refusal NoProposal = new(RefusalKind.NotFound, "exchange.no-proposal", "No other key for the directory is proposed.");
    public static readonly Refusal SecondPerson = new(RefusalKind.Forbidden, "exchange.second-person", "Who proposed the key does not agree to it; a second person does.", Rule: "Two persons for the key of the directory");
    public static readonly Refusal NoOffer = new(RefusalKind.NotFound, "exchange.no-offer", "No directory is offered.");
    public static readonly Refusal Address = new(RefusalKind.Invalid, "exchange.address", "An address begins with https://, or with http:// on this machine.", Field: "address");
    public static readonly Refusal NoCard = new(RefusalKind.Conflict, "exchange.no-card", "No server of a bureau answers there.", Field: "address");
    public static readonly Refusal Words = new(RefusalKind.Conflict, "exchange.words", "These are not the words of the key. Compare them by telephone, on a number that you already had.", Field: "words");
    public static readonly Refusal Names = new(RefusalKind.Invalid, "exchange.names", "A bureau has a name of 1 to 200 letters in each of the four languages.", Field: "names");
    public static readonly Refusal Contact = new(RefusalKind.Invalid, "exchange.contact", "Telephone, mail and hours have at most 100 letters each.", Field: "contact");
    public static readonly Refusal BureauThere = new(RefusalKind.Conflict, "exchange.bureau-there", "This bureau stands in the directory already.");
    public static readonly Refusal BureauUnknown = new(RefusalKind.NotFound, "exchange.bureau-unknown", "There is no such bureau in the directory.");
    public static readonly Refusal Ourselves = new(RefusalKind.Conflict, "exchange.ourselves", "This cannot be said of the own bureau.");
    public static readonly Refusal Reason = new(RefusalKind.Incomplete, "exchange.reason", "Say why, in 3 to 500 letters.", Field: "reason");
    public static readonly Refusal KeyUnknown = new(RefusalKind.NotFound, "exchange.key-unknown", "The bureau has no such key.", Field: "key");
    public static readonly Refusal Relay = new(RefusalKind.Invalid, "exchange.relay", "A relay is another bureau of the directory that is reached directly.", Field: "relay");
    public static readonly Refusal Meanwhile = new(RefusalKind.Conflict, "exchange.meanwhile", "Somebody else has changed the directory since; look again.");
    public static readonly Refusal Full = new(RefusalKind.Conflict, "exchange.full", "A directory has at most 1,000 bureaus.");
    public static readonly Refusal DeliveryUnknown = new(RefusalKind.NotFound, "exchange.delivery-unknown", "There is no such delivery that waits for a person.");
    public static readonly Refusal DeliveredAlready = new(RefusalKind.Conflict, "exchange.delivered-already", "The other bureau has signed for the letter: nothing is left to give up.");

    public static readonly Refusal Recipients = new(RefusalKind.Invalid, "exchange.recipients", "A letter goes to 1 to 250 bureaus, each once.", Field: "to");
    public static readonly Refusal NotInDirectory = new(RefusalKind.Conflict, "exchange.not-in-directory", "Other bureaus do not know this one yet: it stands in no directory with a key that is good now.");
    public static readonly Refusal TooLarge = new(RefusalKind.TooLarge, "exchange.too-large", "A letter has at most 4 MiB; put the rest into attachments.");

    public static Refusal NoExchange(BureauCode bureau) =>
        new(RefusalKind.Conflict, "exchange.no-exchange", $"{bureau} is not in the directory, is suspended there, or is refused by this bureau.", Field: "to");

    public static Refusal NoKey(BureauCode bureau) =>
        new(RefusalKind.Conflict, "exchange.no-key", $"{bureau} has no sealing key that is good now; nobody could read for it.", Field: "to");

    /// <summary>What is wrong with a letter itself; for good.</summary>
    /// <param name="word">As in docs/specs/envelope.md, or as the reader of its kind says.</param>
    public static Refusal Letter(string word) => new(RefusalKind.Incomplete, "exchange.letter." + word, "The letter is refused for good: " + word + ".");
}
