namespace Amana.Lists.Layouts;

/// <summary>Names as the Treasury writes them: persons as "FAMILY, Given", weak aliases between single quotes.</summary>
internal static class OfacNames
{
    public static void Add(EntityDraft draft, string property, string? written, bool person)
    {
        if (written is null) return;
        if (written.Length > 2 && written[0] == '\'' && written[^1] == '\'') (property, written) = ("weakAlias", written[1..^1]);
        if (!person) { draft.Add(property, written); return; }
        var (family, given, suffix) = Parts(written);
        if (property == "name" && given.Length > 0)
        {
            draft.Add("lastName", family);
            draft.Add("firstName", given);
        }
        draft.Add(property, given.Length == 0 ? family : $"{given} {family}{(suffix.Length == 0 ? "" : " " + suffix)}");
    }

    /// <summary>"DELOS REYES, Feliciano, Jr." is family, given and suffix; more commas belong to the given names.</summary>
    public static (string Family, string Given, string Suffix) Parts(string written)
    {
        string[] parts = written.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return (written.Trim(), "", "");
        if (parts.Length == 1) return (parts[0], "", "");
        bool suffixed = parts.Length > 2 && IsSuffix(parts[^1]);
        return (parts[0], string.Join(' ', suffixed ? parts[1..^1] : parts[1..]), suffixed ? parts[^1] : "");
    }

    private static bool IsSuffix(string text) =>
        text.TrimEnd('.').ToUpperInvariant() is "JR" or "SR" or "II" or "III" or "IV" or "V" or "2ND" or "3RD";
}
