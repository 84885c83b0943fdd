using System.Collections.Frozen;
using System.Reflection;
using Amana.Server.Foundation;

namespace Amana.Server.Access;

/// <summary>What a password must be: long, and none of the common ones. No rules about kinds of letters: they make
/// passwords harder to remember and no harder to guess (OWASP ASVS 5.0, 6.2).</summary>
internal static class PasswordRules
{
    public const int LengthMin = 12;
    /// <summary>Hashing costs grow with length; longer is refused, never cut.</summary>
    public const int LengthMax = 128;

    private static readonly FrozenSet<string> Common = Read();

    public static Refusal? Check(string? password, string? userName)
    {
        if (password is null || password.Length < LengthMin) return AccessRefusals.PasswordTooShort;
        if (password.Length > LengthMax) return AccessRefusals.PasswordTooLong;
        string low = password.ToLowerInvariant();
        string core = Core(low);
        bool isOwnName = userName is { Length: >= 4 } && low.Contains(userName.ToLowerInvariant(), StringComparison.Ordinal);
        return isOwnName || Common.Contains(low) || core.Length < 4 || Common.Contains(core) || IsOneWordTwice(core)
            ? AccessRefusals.PasswordCommon : null;
    }

    // password2026!! is the word "password": digits and signs at either end are what everyone adds.
    private static string Core(string low)
    {
        int start = 0, end = low.Length;
        while (start < end && !char.IsLetter(low[start])) start++;
        while (end > start && !char.IsLetter(low[end - 1])) end--;
        string core = low[start..end];
        return core.Distinct().Count() < 4 ? "" : core;
    }

    private static bool IsOneWordTwice(string core)
    {
        for (int length = 3; length <= core.Length / 2; length++)
        {
            if (core.Length % length == 0 && string.Concat(Enumerable.Repeat(core[..length], core.Length / length)) == core) return true;
        }

        return false;
    }

    private static FrozenSet<string> Read()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#').ToFrozenSet(StringComparer.Ordinal);
    }
}
