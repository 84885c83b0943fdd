namespace Amana.Server.Foundation;

/// <summary>Why somebody decided something about another bureau, in words for those who read it later.</summary>
public static class WrittenReason
{
    public const int CharsMin = 3, CharsMost = 500;

    /// <returns>The reason, trimmed; null when it is too short or too long to be one, or has letters that nobody can read.</returns>
    public static string? Of(string? given)
    {
        string reason = given?.Trim() ?? "";
        return reason.Length is >= CharsMin and <= CharsMost && !reason.Any(c => char.IsControl(c) && c != '\n') ? reason : null;
    }
}
