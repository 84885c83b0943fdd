using System.Globalization;
using System.Text.Json;
using Amana.Server.PublicNotices;
using Amana.Server.Web;
using Amana.Server.Web.Components;
using Microsoft.AspNetCore.Components;

namespace Amana.Server.Notices.Pages;

/// <summary>How pages say what the data files name: fields, choices, criteria, states.</summary>
internal static class NoticeText
{
    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static char Letter(NoticeColour colour) => NoticeRules.Own.Of(colour).Letter;

    public static string State(NoticeState state, Texts texts) => texts[$"notices.state.{Word(state)}"];

    public static string Event(NoticeEvent what, Texts texts) => texts[$"notices.event.{Word(what)}"];

    public static string Field(string name, Texts texts) => name == "picture" ? texts["notices.photographs"] : NoticeRules.Own.FindField(name)?.Names[texts.Language.Code] ?? name;

    public static string Criterion(string id, Texts texts) => NoticeRules.Own.Criteria.First(c => c.Id == id).Names[texts.Language.Code];

    public static string Reason(string code, Texts texts) => NoticeRules.Own.Reasons.FirstOrDefault(r => r.Code == code)?.Names[texts.Language.Code] ?? code;

    /// <summary>The values of a field as the reader's language says them.</summary>
    public static IEnumerable<string> Values(string name, IReadOnlyList<string> values, Texts texts) => NoticeRules.Own.FindField(name) is not { } field ? values : field.Kind switch
    {
        FieldKind.Choices when name is "eyes" or "hair" => values.Select(v => texts.Has($"public.{name}.{v}") ? texts[$"public.{name}.{v}"] : v),
        FieldKind.Choice or FieldKind.Choices => values.Select(v => NoticeRules.Own.NameOf(name, v, texts.Language.Code)),
        FieldKind.Date or FieldKind.PartialDate => values.Select(v => DateText.Of(v, texts.Formats)),
        FieldKind.Flag => values.Select(_ => "✓"),
        FieldKind.Country or FieldKind.Countries => values.Select(v => CountryNames.WithCode(v, texts.Language)),
        FieldKind.Lines when name == "languages" => values.Select(v => LanguageNames.Of(v, texts.Language)),
        _ => values,
    };

    /// <summary>Why a criterion is answered as it is, in one line.</summary>
    public static string Finding(FindingView finding, Texts texts) => texts.Say($"notices.finding.{finding.Reason}", ("about", About(finding, texts)));

    private static string About(FindingView finding, Texts texts)
    {
        if (finding.Reason == "order" || finding.Reason is "missing" or "wrong-value")
        {
            return string.Join(texts["list.comma"], finding.About.Select(term => string.Join(" / ", term.Split('|').Select(f => Field(f, texts)))));
        }

        return string.Join(texts["list.comma"], finding.About.Select(a => NoticeRules.Own.Reasons.Any(r => r.Code == a) ? Reason(a, texts) : a));
    }

    public static (string Tone, string Sign) MarkOf(Outcome outcome) => outcome switch
    {
        Outcome.Met => ("ok", "circle-check"),
        Outcome.NotMet => ("danger", "circle-x"),
        _ => ("warn", "circle-help"),
    };

    public static (string Tone, string Sign) MarkOf(NoticeState state) => state switch
    {
        NoticeState.Published => ("ok", "circle-check"),
        NoticeState.Draft => ("o", "pencil"),
        NoticeState.InReview or NoticeState.InfoRequested or NoticeState.Approved => ("info", "clock"),
        NoticeState.Suspended or NoticeState.Blocked => ("warn", "pause"),
        NoticeState.Refused or NoticeState.Cancelled => ("danger", "ban"),
        _ => ("", "circle-off"),
    };

    /// <summary>The sentence that a passage stands in.</summary>
    public static string SentenceOf(string text, PassageView passage)
    {
        int from = text.LastIndexOfAny(['.', '!', '?', '؟', '\n'], Math.Max(0, passage.From - 1)) + 1;
        int to = text.IndexOfAny(['.', '!', '?', '؟', '\n'], passage.From + passage.Length);
        return text[from..(to < 0 ? text.Length : to + 1)].Trim();
    }

    /// <summary>A text with its flagged passages marked and numbered, encoded.</summary>
    public static MarkupString Marked(string text, IReadOnlyList<(PassageView Passage, int Number)> passages)
    {
        var html = new System.Text.StringBuilder();
        int from = 0;
        foreach (var (passage, number) in passages)
        {
            html.Append(PageEncoder.Html.Encode(text[from..passage.From])).Append("<mark class=\"flag\">").Append(PageEncoder.Html.Encode(text.Substring(passage.From, passage.Length)))
                .Append("<sup>").Append(number).Append("</sup></mark>");
            from = passage.From + passage.Length;
        }

        return new(html.Append(PageEncoder.Html.Encode(text[from..])).ToString());
    }

    /// <summary>The fields that a form asks for: a diffusion names its recipients and is never public.</summary>
    public static IEnumerable<NoticeField> FieldsOf(NoticeColour colour, NoticeForm form) => NoticeRules.Own.FieldsOf(colour)
        .Where(f => form is NoticeForm.Diffusion ? f.Name is not ("release" or "releaseParts") : f.Name is not "recipients");

    /// <summary>It can be looked up whether somebody like this is in a notice already.</summary>
    public static bool NamesSomebody(NoticeColour colour) => NoticeRules.Own.Of(colour).Sections.Contains("person");

    /// <summary>The fields as a form posted them.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Posted(IFormCollection form)
    {
        var typed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var field in form.Keys.Select(NoticeRules.Own.FindField).OfType<NoticeField>())
        {
            var posted = form[field.Name].OfType<string>();
            typed[field.Name] = field.Kind switch
            {
                FieldKind.Lines => [.. posted.SelectMany(v => v.Split('\n')).Select(v => v.TrimEnd('\r'))],
                FieldKind.Countries or FieldKind.Bureaus => [.. posted.SelectMany(v => v.Split([',', ' ', '،', ';'], StringSplitOptions.RemoveEmptyEntries))],
                _ => [.. posted.Select(v => v.ReplaceLineEndings("\n"))],
            };
        }

        return typed;
    }

    private static IEnumerable<(string, IEnumerable<string?>)> Translated(string field, IEnumerable<PublicWords?> words) =>
        words.OfType<PublicWords>().SelectMany(w => w.Translations).Select(t => ($"{field}.{t.Key}", (IEnumerable<string?>)[t.Value]));

    /// <summary>What the public would see, by the field that says it.</summary>
    public static IEnumerable<(string Field, IReadOnlyList<string> Values)> Public(ReleasedNotice released)
    {
        IEnumerable<(string, IEnumerable<string?>)> lines =
        [
            ("familyName", [released.Name]), ("forename", [released.Forename]), ("familyNameOriginal", [released.NameOriginal]), ("forenameOriginal", [released.ForenameOriginal]),
            ("birthName", [released.BirthName]), ("birthDate", [released.DateOfBirth?.Replace('/', '-')]), ("sex", [released.Sex]), ("birthPlace", [released.PlaceOfBirth]), ("birthCountry", [released.CountryOfBirth]),
            ("nationalities", released.Nationalities), ("languages", released.Languages), ("heightCm", [(released.Height * 100)?.ToString("F0", CultureInfo.InvariantCulture)]), ("weightKg", [released.Weight?.ToString(CultureInfo.InvariantCulture)]),
            ("eyes", released.Eyes), ("hair", released.Hair), ("marks", [released.Marks?.Text]), ("charges", released.Warrants.Select(w => w.Charge?.Text)), ("eventDate", [released.DateOfEvent?.Replace('/', '-')]),
            ("eventPlace", [released.Place]), ("eventCountry", [released.Country]), ("unReference", [released.UnReference]), ("summary", [released.Summary?.Text]), ("aliases", released.Aliases),
        ];
        lines = lines.Concat(Translated("charges", released.Warrants.Select(w => w.Charge))).Concat(Translated("marks", [released.Marks])).Concat(Translated("summary", [released.Summary]));
        return lines.Select(l => (l.Item1, (IReadOnlyList<string>)[.. l.Item2.OfType<string>()])).Where(l => l.Item2.Count > 0);
    }
}
