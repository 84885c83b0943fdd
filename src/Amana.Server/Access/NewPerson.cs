using System.Diagnostics.CodeAnalysis;
using Amana.Server.Foundation;

namespace Amana.Server.Access;

/// <summary>Reads the two names of a new person.</summary>
internal static class NewPerson
{
    public static bool TryMake(
        string? userName, string? displayName, TimeProvider clock, [NotNullWhen(true)] out Person? person, [NotNullWhen(false)] out Refusal? wrong)
    {
        string name = (userName ?? "").Trim(), display = (displayName ?? "").Trim();
        person = null;
        wrong = null;
        if (name.Length is < 3 or > 100 || !name.All(c => char.IsAsciiLetterOrDigit(c) || "-._@+".Contains(c, StringComparison.Ordinal)))
        {
            wrong = AccessRefusals.UserNameWrong;
        }
        else if (display.Length is 0 or > 100 || display.Any(char.IsControl))
        {
            wrong = AccessRefusals.DisplayNameWrong;
        }
        else
        {
            var now = clock.GetUtcNow();
            person = new Person { Id = Guid.CreateVersion7(now), UserName = name, DisplayName = display, InvitedAt = now };
        }

        return person is not null;
    }
}
