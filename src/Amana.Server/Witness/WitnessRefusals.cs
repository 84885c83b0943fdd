using Amana.Server.Foundation;

namespace Amana.Server.Witness;

internal static class WitnessRefusals
{
    public static readonly Refusal Unreadable = new(RefusalKind.Invalid, "witness.unreadable",
        "This is no request of C2SP tlog-witness: old size, proof, empty line, signed checkpoint.");
    public static readonly Refusal NoCheckpoint = new(RefusalKind.Invalid, "witness.no-checkpoint",
        "The note is no checkpoint: origin, size and root.");
    public static readonly Refusal UnknownLog = new(RefusalKind.NotFound, "witness.unknown-log",
        "This server does not witness a log of that name.");
    public static readonly Refusal NotSigned = new(RefusalKind.Forbidden, "witness.not-signed",
        "The checkpoint is not signed with the key that is known for this log.");
    public static readonly Refusal Backwards = new(RefusalKind.Invalid, "witness.backwards",
        "The old size is more than the checkpoint's.");
    public static readonly Refusal NotGrown = new(RefusalKind.Incomplete, "witness.not-grown",
        "The checkpoint did not grow from the one that was signed here before.");
    public static readonly Refusal NotAgreed = new(RefusalKind.Forbidden, "witness.not-agreed",
        "The people of this bureau have yet to agree to witness your journal.");
    public static readonly Refusal AnotherJournal = new(RefusalKind.Incomplete, "witness.another-journal",
        "This bureau witnesses another journal of yours; its people remove that one first.");
    public static readonly Refusal NoAnswer = new(RefusalKind.Conflict, "witness.no-answer",
        "No server of that bureau says with which key it signs.", Field: "bureau");
    public static readonly Refusal Name = new(RefusalKind.Invalid, "witness.name",
        "The bureau needs a name of 1 to 100 letters.", Field: "name");
    public static readonly Refusal Address = new(RefusalKind.Invalid, "witness.address",
        "The address begins with https://, or with http:// on this machine.", Field: "address");
    public static readonly Refusal Key = new(RefusalKind.Invalid, "witness.key",
        "This is no key of this kind: name+id+key, as the other server shows it.", Field: "key");
    public static readonly Refusal TooMany = new(RefusalKind.Conflict, "witness.too-many",
        "There are as many as this server takes; remove one first.");
    public static readonly Refusal Twice = new(RefusalKind.Conflict, "witness.twice",
        "This one is there already.", Field: "key");
    public static readonly Refusal NotFound = new(RefusalKind.NotFound, "witness.not-found",
        "There is no such witness or journal.");
}
