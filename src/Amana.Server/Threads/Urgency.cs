namespace Amana.Server.Threads;

/// <summary>How soon an answer is asked for. Source: Directive (EU) 2023/977, article 5 (8 hours, 3 days, 7 days).</summary>
public enum Urgency { None, EightHours, ThreeDays, SevenDays, Own }

internal static class UrgencyRules
{
    /// <summary>An own term is at most this long.</summary>
    public const int OwnDaysMost = 90;

    extension(Urgency urgency)
    {
        /// <summary>As in letters and addresses: <c>8h</c>, <c>3d</c>, <c>7d</c>, <c>own</c>, <c>none</c>.</summary>
        public string Word => urgency switch { Urgency.EightHours => "8h", Urgency.ThreeDays => "3d", Urgency.SevenDays => "7d", Urgency.Own => "own", _ => "none" };

        /// <summary>When the answer is due; null when none is, or the term is not one that can be given.</summary>
        public DateTimeOffset? DueAt(DateTimeOffset from, DateTimeOffset? own) => urgency switch
        {
            Urgency.EightHours => from.AddHours(8),
            Urgency.ThreeDays => from.AddDays(3),
            Urgency.SevenDays => from.AddDays(7),
            Urgency.Own when own > from && own <= from.AddDays(OwnDaysMost) => own,
            _ => null,
        };
    }

    /// <summary>From then on it is told that the answer will be late: the last quarter of the term.</summary>
    public static DateTimeOffset NearAt(DateTimeOffset from, DateTimeOffset due) => due - ((due - from) / 4);

    public static bool TryParse(string? word, out Urgency urgency)
    {
        foreach (var known in Enum.GetValues<Urgency>())
        {
            urgency = known;
            if (known.Word == word) return true;
        }

        urgency = Urgency.None;
        return string.IsNullOrEmpty(word);
    }
}
