using Amana.Server.Foundation;

namespace Amana.Server.Access;

internal static class AccessRefusals
{
    public static readonly Refusal NotSignedIn = new(RefusalKind.Unknown, "access.not-signed-in",
        "Sign in, or send a token: Authorization: Bearer TOKEN.");
    public static readonly Refusal TokenUnknown = new(RefusalKind.Unknown, "access.token-unknown",
        "The token is unknown.", Field: "Authorization");
    public static readonly Refusal TokenExpired = new(RefusalKind.Unknown, "access.token-expired",
        "The token has expired; ask the administrator for another.", Field: "Authorization");
    public static readonly Refusal TokenEnded = new(RefusalKind.Unknown, "access.token-ended",
        "The token was ended by an administrator.", Field: "Authorization");
    public static readonly Refusal MustExchange = new(RefusalKind.Unknown, "access.must-exchange",
        "This secret opens nothing by itself; exchange it at POST /connect/token for an access token.", Rule: "RFC 6749, 4.4", Field: "Authorization");
    public static readonly Refusal AccessOver = new(RefusalKind.Unknown, "access.access-over",
        "The access token is over, or not one of this server; ask /connect/token for a new one.", Field: "Authorization");
    public static readonly Refusal ClientUnknown = new(RefusalKind.Unknown, "access.client-unknown",
        "Client and secret do not belong together here.", Field: "client_id");
    public static readonly Refusal SchemeUnknown = new(RefusalKind.Unknown, "access.scheme-unknown",
        "The Authorization header is read as 'Bearer TOKEN', 'ApiKey TOKEN' or TOKEN alone.", Field: "Authorization");
    public static readonly Refusal OtherSite = new(RefusalKind.Forbidden, "access.other-site",
        "A browser session changes things only from this server's own pages.");

    public static readonly Refusal PurposeMissing = new(RefusalKind.Invalid, "access.purpose-missing",
        "Say what the question is for: header Amana-Purpose, or a token with a purpose of its own.",
        Rule: "Rules on the Processing of Data, article 10", Field: "Amana-Purpose");
    public static readonly Refusal PurposeUnknown = new(RefusalKind.Invalid, "access.purpose-unknown",
        "There is no such purpose. GET /api/v1/purposes lists them.", Field: "Amana-Purpose");
    public static readonly Refusal PurposeOnlyTraining = new(RefusalKind.Forbidden, "access.purpose-only-training",
        "The purpose 'training' is for training instances: here the records are of real persons.", Field: "Amana-Purpose");

    public static readonly Refusal RouteWithoutRule = new(RefusalKind.Forbidden, "access.route-without-rule",
        "This address has no rule that says who may use it, so nobody may.");

    public static readonly Refusal TokenName = new(RefusalKind.Invalid, "access.token-name",
        "A token needs a name of 1 to 100 letters that says what it is for.", Field: "name");
    public static readonly Refusal TokenWithoutRight = new(RefusalKind.Invalid, "access.token-without-right",
        "A token needs at least one right.", Field: "rights");
    public static readonly Refusal TokenLife = new(RefusalKind.Invalid, "access.token-life",
        "A token lasts between one second and ten years.", Field: "expires");
    public static readonly Refusal TokenNotFound = new(RefusalKind.NotFound, "access.token-not-found",
        "There is no such token.");

    public static readonly Refusal SignInFailed = new(RefusalKind.Unknown, "access.sign-in-failed",
        "Name or password is wrong, or the account is closed.");
    public static readonly Refusal SignInOver = new(RefusalKind.Unknown, "access.sign-in-over",
        "The sign-in took too long; begin again.");
    public static readonly Refusal CodeWrong = new(RefusalKind.Invalid, "access.code-wrong",
        "The code is wrong or was used already; wait for the next one.", Field: "code");
    public static readonly Refusal EnrolmentOver = new(RefusalKind.Invalid, "access.enrolment-over",
        "The offered second step is more than 30 minutes old; begin again.", Field: "enrolment");
    public static readonly Refusal FormStale = new(RefusalKind.Invalid, "access.form-stale",
        "The form is too old or comes from elsewhere; load the page again.");
    public static readonly Refusal PasswordTooShort = new(RefusalKind.Invalid, "access.password-too-short",
        $"A password has at least {PasswordRules.LengthMin} letters; a sentence is good.", Rule: "OWASP ASVS 5.0, 6.2.1", Field: "password");
    public static readonly Refusal PasswordTooLong = new(RefusalKind.Invalid, "access.password-too-long",
        $"A password has at most {PasswordRules.LengthMax} letters.", Rule: "OWASP ASVS 5.0, 6.2.9", Field: "password");
    public static readonly Refusal PasswordCommon = new(RefusalKind.Invalid, "access.password-common",
        "This password is among the first that are guessed.", Rule: "OWASP ASVS 5.0, 6.2.4", Field: "password");

    public static readonly Refusal LinkOver = new(RefusalKind.NotFound, "access.link-over",
        "The link is unknown, used or over; ask for a new one.", Field: "key");
    public static readonly Refusal AlreadySetUp = new(RefusalKind.Conflict, "access.already-set-up",
        "This server is set up already.");
    public static readonly Refusal BureauCodeWrong = new(RefusalKind.Invalid, "access.bureau-code",
        "A bureau code is two to six capital letters, such as UTO.", Field: "bureauCode");
    public static readonly Refusal BureauNameWrong = new(RefusalKind.Invalid, "access.bureau-name",
        "The bureau needs a name of 1 to 200 letters.", Field: "bureauName");
    public static readonly Refusal InstanceKindWrong = new(RefusalKind.Invalid, "access.instance-kind",
        "An instance is for training, trial or service.", Field: "kind");

    public static readonly Refusal UserNameWrong = new(RefusalKind.Invalid, "access.user-name",
        "A sign-in name is 3 to 100 of the letters a to z, digits and - . _ @ +, and nobody else's.", Field: "userName");
    public static readonly Refusal DisplayNameWrong = new(RefusalKind.Invalid, "access.display-name",
        "A person needs a name of 1 to 100 letters.", Field: "displayName");
    public static readonly Refusal RoleMissing = new(RefusalKind.Invalid, "access.role-missing",
        "A person has at least one role; close the account of one who has none.", Field: "roles");
    public static readonly Refusal PersonNotFound = new(RefusalKind.NotFound, "access.person-not-found",
        "There is no such person.");
    public static readonly Refusal NotOneself = new(RefusalKind.Forbidden, "access.not-oneself",
        "Nobody changes own roles or closes or resets the own account; another administrator does.");
    public static readonly Refusal LastAdministrator = new(RefusalKind.Conflict, "access.last-administrator",
        "This is the last administrator; make another one first.");
    public static readonly Refusal AccountClosed = new(RefusalKind.Conflict, "access.account-closed",
        "The account is closed.");
    public static readonly Refusal SpecimenFixed = new(RefusalKind.Conflict, "access.specimen-fixed",
        "Specimen people of a training instance keep their printed password.");
    public static readonly Refusal OldPasswordWrong = new(RefusalKind.Invalid, "access.old-password-wrong",
        "The old password is wrong.", Field: "oldPassword");
    public static readonly Refusal OnlyPeople = new(RefusalKind.Forbidden, "access.only-people",
        "Only a person who is signed in has a password.");

    public static readonly Refusal SessionOver = new(RefusalKind.Conflict, "access.session-over",
        "That session is over already.");

    public static readonly Refusal AuditDay = new(RefusalKind.Invalid, "access.audit-day",
        "A day is written 2026-11-24.", Field: "from");

    public static readonly Refusal RecoveryOver = new(RefusalKind.NotFound, "access.recovery-over",
        "Nobody asks for a recovery of this person, or it was more than 24 hours ago.");
    public static readonly Refusal SecondPerson = new(RefusalKind.Forbidden, "access.second-person",
        "Whoever asked does not agree as well: this needs a second person.");
    public static readonly Refusal ProveAgain = new(RefusalKind.Forbidden, "access.prove-again",
        "Prove again that it is you: this act needs a proof of the last 15 minutes.");
    public static readonly Refusal PasskeyName = new(RefusalKind.Invalid, "access.passkey-name",
        "A passkey needs a name of 1 to 60 letters, so that you know it when it is lost.", Field: "name");
    public static readonly Refusal PasskeysTooMany = new(RefusalKind.Conflict, "access.passkeys-too-many",
        $"A person has at most {Passkeys.Passkey.Most} passkeys; remove one first.");
    public static readonly Refusal PasskeyNotTaken = new(RefusalKind.Invalid, "access.passkey-not-taken",
        "The passkey was not taken: the answer came too late, or is not one to this server's question. Try again.");
    public static readonly Refusal PasskeyNotAccepted = new(RefusalKind.Unknown, "access.passkey-not-accepted",
        "This passkey opens nothing here. Try again, or sign in another way.");
    public static readonly Refusal PasskeyNotFound = new(RefusalKind.NotFound, "access.passkey-not-found",
        "There is no such passkey.");
    public static readonly Refusal LastPasskey = new(RefusalKind.Conflict, "access.last-passkey",
        "Passwords are switched off here, and this is your last passkey; add another one first.");
    public static readonly Refusal PasswordsOff = new(RefusalKind.Forbidden, "access.passwords-off",
        "This bureau has switched passwords off; sign in with a passkey.");
    public static readonly Refusal NoAdministratorWithPasskeys = new(RefusalKind.Conflict, "access.no-administrator-with-passkeys",
        "No administrator has two passkeys yet, so switching passwords off could lock everybody out.");
    public static readonly Refusal EraseReason = new(RefusalKind.Invalid, "access.erase-reason",
        "Say why, in 10 to 1,000 letters.", Field: "reason");
    public static readonly Refusal NoContent = new(RefusalKind.NotFound, "access.no-content",
        "The entry has no content, or it was erased.");

    public static readonly Refusal UnitCode = new(RefusalKind.Invalid, "access.unit-code",
        "A unit's code is 2 to 12 small letters, digits and hyphens, and no other unit's.", Field: "code");
    public static readonly Refusal UnitName = new(RefusalKind.Invalid, "access.unit-name",
        "A unit needs a name of 1 to 80 letters.", Field: "name");
    public static readonly Refusal UnitUnknown = new(RefusalKind.NotFound, "access.unit-unknown",
        "There is no such unit.", Field: "unit");
    public static readonly Refusal RecordUnknown = new(RefusalKind.NotFound, "access.record-unknown",
        "There is no such record that could be restricted, or your bureau may not see it.", Field: "record");
    public static readonly Refusal WallAdmits = new(RefusalKind.Incomplete, "access.wall-admits",
        $"Name the units and people for whom the record is: 1 to {Walls.Wall.AdmitsMost}.", Field: "units");
    public static readonly Refusal WallWithoutOneself = new(RefusalKind.Invalid, "access.wall-without-oneself",
        "You, or your unit, must be among them: nobody locks the own work away.", Field: "units");
    public static readonly Refusal WallReason = new(RefusalKind.Invalid, "access.wall-reason",
        "Say why, in 10 to 1,000 letters.", Field: "reason");
    public static readonly Refusal WallChanged = new(RefusalKind.Conflict, "access.wall-changed",
        "Somebody else has changed this restriction since you opened it; look at it again.");
    public static readonly Refusal NotRestricted = new(RefusalKind.Conflict, "access.not-restricted",
        "This record is not restricted.");
    public static readonly Refusal OnlyPersonOpens = new(RefusalKind.Forbidden, "access.only-person",
        "Only a person who is signed in does this, not a machine.");
    public static readonly Refusal EmergencyReason = new(RefusalKind.Incomplete, "access.emergency-reason",
        "Say in 20 to 1,000 letters why it cannot wait; the owner and compliance read it.", Field: "reason");
    public static readonly Refusal EmergencyNotNeeded = new(RefusalKind.Conflict, "access.emergency-not-needed",
        "You may open this record without an emergency.");
    public static readonly Refusal EmergenciesTooMany = new(RefusalKind.TooOften, "access.emergencies-too-many",
        $"One person has at most {Walls.EmergencyOpening.AtOnceMost} records open in an emergency at one time.");
    public static readonly Refusal EmergencyUnknown = new(RefusalKind.NotFound, "access.emergency-unknown",
        "There is no such emergency.");
    public static readonly Refusal EmergencyReviewed = new(RefusalKind.Conflict, "access.emergency-reviewed",
        "This emergency is reviewed already.");
    public static readonly Refusal EmergencyFinding = new(RefusalKind.Incomplete, "access.emergency-finding",
        "Say justified or not justified, and why, in 10 to 1,000 letters.", Field: "finding");

    /// <param name="ask">Name of the unit, or of the person who restricted it.</param>
    public static Refusal Restricted(string ask) => new(RefusalKind.Forbidden, "access.restricted",
        $"This record is restricted; ask {ask}.", Rule: "Need to know", Ask: ask);

    public static Refusal Wait(TimeSpan left) => new(RefusalKind.TooOften, "access.wait",
        $"Too many misses; try again in {Math.Ceiling(left.TotalSeconds)} seconds.");

    public static Refusal RolesNeverTogether(Role one, Role other) => new(RefusalKind.Conflict, "access.roles-never-together",
        $"One person is never both {one} and {other}.", Rule: "Separation of duties: Access/README.md", Field: "roles");

    public static Refusal ScopeBeyond(string word) => new(RefusalKind.Forbidden, "access.scope-beyond",
        $"This client has no right '{Shown(word)}'.", Field: "scope");

    public static Refusal UnknownRight(string word) => new(RefusalKind.Invalid, "access.right-unknown",
        $"There is no right '{Shown(word)}'. Known: {string.Join(", ", RightWords.ForMachines)}.", Field: "rights");

    public static Refusal RightOfPeople(string word) => new(RefusalKind.Forbidden, "access.right-of-people",
        $"No machine has the right '{Shown(word)}': only a person who is signed in.", Rule: "Access/README.md, Rules", Field: "rights");

    public static Refusal Forbidden(Right right) => new(RefusalKind.Forbidden, "access.forbidden",
        $"Your roles do not include the right '{right.Word()}'.");

    public static Refusal PurposeNotForThis(string purpose, Right right) => new(RefusalKind.Forbidden, "access.purpose-not-for-this",
        $"The purpose '{purpose}' does not allow '{right.Word()}'.", Rule: "Rules on the Processing of Data, article 10", Field: "Amana-Purpose");

    private static string Shown(string word) => word.Length <= 40 ? word : word[..40] + "…";
}
