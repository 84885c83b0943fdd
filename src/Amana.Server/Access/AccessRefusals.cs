using Amana.Server.Foundation;

namespace Amana.Server.Access;

internal static class AccessRefusals
{
    public static readonly Refusal PurposeMissing = new(RefusalKind.Invalid, "access.purpose-missing",
        "Say what the question is for: header Amana-Purpose, or a token with a purpose of its own.", Field: "Amana-Purpose");

    public static readonly Refusal PurposeUnknown = new(RefusalKind.Invalid, "access.purpose-unknown",
        "There is no such purpose. GET /api/v1/purposes lists them.", Field: "Amana-Purpose");

    public static Refusal Forbidden(Right right) => new(RefusalKind.Forbidden, "access.forbidden",
        $"Your roles do not include the right '{right}'.");
}
