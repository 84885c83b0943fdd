using Amana.Lists;

namespace Amana.Server.Notices;

/// <summary>A notice as an entry of the list that questions are asked against, in FollowTheMoney's terms. Null for those that name
/// nobody: a body, an event, an object, a method.</summary>
internal static class Listing
{
    public static ListedEntity? Of(Notice notice)
    {
        var content = notice.Content;
        if (notice.Colour is NoticeColour.Black or NoticeColour.Purple) return null;
        string[] names = [.. NamesOf(content).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0) return null;

        var properties = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["name"] = names };
        void Add(string property, params IEnumerable<string?> values)
        {
            string[] there = [.. values.OfType<string>().Where(v => v.Length > 0).Distinct(StringComparer.Ordinal)];
            if (there.Length > 0) properties[property] = there;
        }

        bool entity = content.Text("unKind") == "entity";
        Add("alias", [.. content.All("aliases"), content.Text("birthName")]);
        Add("previousName", content.All("formerNames"));
        Add(entity ? "incorporationDate" : "birthDate", content.Text("birthDate"));
        Add("birthPlace", content.Text("birthPlace"));
        Add(entity ? "country" : "nationality", content.All("nationalities").Select(c => c.ToLowerInvariant()));
        Add("gender", content.Text("sex") switch { "F" => "female", "M" => "male", _ => null });
        Add("passportNumber", NumbersOf(content));
        Add("topics", TopicOf(notice.Colour));
        Add("notes", $"{notice.Colour}: {notice.Reference}");
        Add("program", content.Text("unReference"));
        return new ListedEntity
        {
            Id = notice.Reference, Schema = entity ? "Organization" : "Person", Caption = names[0], Properties = properties, FirstSeen = notice.PublishedAt, LastChange = notice.AmendedAt ?? notice.PublishedAt,
        };
    }

    /// <summary>The question whether somebody like this is there already; empty when nothing names a person.</summary>
    public static IReadOnlyList<(string Field, string Text)> QuestionOf(NoticeContent content)
    {
        (string, string)[] names = [.. NamesOf(content).Concat(content.All("aliases")).Distinct(StringComparer.Ordinal).Select(n => ("name", n))];
        if (names.Length == 0) return [];
        var fields = names.ToList();
        if (content.Text("birthDate") is { } born) fields.Add(("birthDate", born));
        if (content.Text("sex") is "F" or "M") fields.Add(("gender", content.Text("sex") is "F" ? "female" : "male"));
        fields.AddRange(content.All("nationalities").Select(c => ("country", c)));
        fields.AddRange(NumbersOf(content).Select(n => ("idNumber", n)));
        return fields;
    }

    private static IEnumerable<string> NumbersOf(NoticeContent content) => content.All("documents").Select(d => d.Split(';', '؛')).Where(p => p.Length > 1).Select(p => p[1].Trim());

    private static IEnumerable<string> NamesOf(NoticeContent content)
    {
        if (Joined(content.Text("forename"), content.Text("familyName")) is { } latin) yield return latin;
        if (Joined(content.Text("forenameOriginal"), content.Text("familyNameOriginal")) is { } original) yield return original;
    }

    private static string? Joined(string? forename, string? family) =>
        string.Join(' ', new[] { forename, family }.Where(p => p is not null and not "-")) is { Length: > 0 } name ? name : null;

    private static string? TopicOf(NoticeColour colour) => colour switch
    {
        NoticeColour.Red => "wanted",
        NoticeColour.Blue or NoticeColour.Yellow => "poi",
        NoticeColour.Green or NoticeColour.Silver or NoticeColour.Orange => "crime",
        NoticeColour.UnSpecial => "sanction",
        _ => null,
    };
}
