using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Foundation;

/// <summary>The only place where a refusal meets a status code.</summary>
public static class Problems
{
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => 400,
        RefusalKind.Incomplete => 422,
        RefusalKind.Unknown => 401,
        RefusalKind.Forbidden => 403,
        RefusalKind.NotFound => 404,
        RefusalKind.Conflict => 409,
        RefusalKind.TooLarge => 413,
        RefusalKind.TooOften => 429,
        RefusalKind.NotReady => 503,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary><c>application/problem+json</c> with <c>title</c>, <c>status</c>, <c>detail</c>, <c>code</c> and, where
    /// they apply, <c>field</c> and <c>rule</c>.</summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        int status = StatusOf(refusal.Kind);
        return TypedResults.Problem(refusal.Detail, statusCode: status, title: ErrorAnswers.TitleOf(status),
            extensions: ErrorAnswers.Extensions(refusal));
    }
}
