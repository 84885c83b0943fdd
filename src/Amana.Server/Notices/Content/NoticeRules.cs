using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Server.Foundation;

namespace Amana.Server.Notices;

/// <summary>All that <c>data/notices</c> says: types, fields, criteria, terms, hints, reasons. Read once.</summary>
internal sealed class NoticeRules
{
    public static readonly IReadOnlyList<string> Languages = ["en", "ar", "fr", "es"];
    private static readonly Lazy<NoticeRules> Once = new(() => new NoticeRules());

    private readonly FrozenDictionary<NoticeColour, ColourRules> _colours;
    private readonly FrozenDictionary<string, NoticeField> _fields;
    private readonly FrozenDictionary<(string, string), IReadOnlyDictionary<string, string>> _choices;

    private NoticeRules()
    {
        _colours = Json<List<ColourRules>>("colours.json").ToFrozenDictionary(c => c.Code);
        Fields = [.. Rows("fields.tsv", 8).Select(FieldOf)];
        _fields = Fields.Concat(Fields.Where(f => f.IsTranslated).SelectMany(TranslationsOf)).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _choices = Rows("choices.tsv", 6).ToFrozenDictionary(r => (r[0], r[1]), r => (IReadOnlyDictionary<string, string>)NamesOf(r, 2));
        Criteria = Json<List<Criterion>>("criteria.json");
        Terms = Json<NoticeTerms>("terms.json");
        Hints = [.. Rows("hints.tsv", 3).Select(r => new HintWord(r[0], r[1], r[2]))];
        Reasons = [.. Rows("reasons.tsv", 6).Select(r => new EndReason(r[0], r[1].Split(','), NamesOf(r, 2)))];
    }

    public static NoticeRules Own => Once.Value;

    public IReadOnlyList<NoticeField> Fields { get; }
    public IReadOnlyList<Criterion> Criteria { get; }
    public NoticeTerms Terms { get; }
    public IReadOnlyList<HintWord> Hints { get; }
    public IReadOnlyList<EndReason> Reasons { get; }

    public ColourRules Of(NoticeColour colour) => _colours[colour];

    public NoticeField? FindField(string name) => _fields.GetValueOrDefault(name);

    public IEnumerable<NoticeField> FieldsOf(NoticeColour colour) => Fields.Where(Of(colour).Has);

    public IEnumerable<Criterion> CriteriaOf(NoticeColour colour) => Criteria.Where(c => c.Colours.Contains(colour));

    /// <summary>What a choice is called; its own word when it is a code that all languages share.</summary>
    public string NameOf(string field, string choice, string language) => _choices.TryGetValue((field, choice), out var names) ? names[language] : choice;

    public EndReason? FindReason(string? code, string use) => Reasons.FirstOrDefault(r => r.Code == code && r.Uses.Contains(use));

    private static NoticeField FieldOf(string[] row)
    {
        var kind = Enum.Parse<FieldKind>(row[1].Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        string[] range = kind is FieldKind.Number ? row[3].Split("..") : [];
        bool chars = kind is FieldKind.Text or FieldKind.Long or FieldKind.Lines;
        return new NoticeField
        {
            Name = row[0], Kind = kind, Section = row[2], Names = NamesOf(row, 4), IsTranslated = kind is FieldKind.Long && row[0] is not "waiverReason",
            CharsMax = chars ? int.Parse(row[3], CultureInfo.InvariantCulture) : NoticeReference.CharsMax,
            From = range.Length == 2 ? int.Parse(range[0], CultureInfo.InvariantCulture) : 0,
            To = range.Length == 2 ? int.Parse(range[1], CultureInfo.InvariantCulture) : 0,
            Choices = kind is FieldKind.Choice or FieldKind.Choices ? row[3].Split(',') : [],
        };
    }

    // "facts.ar": what the text says in another language than that of the request.
    private static IEnumerable<NoticeField> TranslationsOf(NoticeField field) => Languages.Select(l => field with
    {
        Name = $"{field.Name}.{l}", TranslationOf = field.Name, IsTranslated = false, Names = field.Names.ToDictionary(n => n.Key, n => $"{n.Value} ({l.ToUpperInvariant()})", StringComparer.Ordinal),
    });

    private static Dictionary<string, string> NamesOf(string[] row, int at) =>
        Languages.Index().ToDictionary(l => l.Item, l => row[at + l.Index], StringComparer.Ordinal);

    private static IEnumerable<string[]> Rows(string file, int columns)
    {
        using var reader = new StreamReader(Open(file), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] row = line.Split('\t');
            yield return row.Length == columns ? row : throw new InvalidDataException($"{file}: '{row[0]}' has {row.Length} columns, not {columns}.");
        }
    }

    private static T Json<T>(string file)
    {
        using var stream = Open(file);
        return JsonSerializer.Deserialize<T>(stream, JsonRules.Options)!;
    }

    private static Stream Open(string file) => typeof(NoticeRules).Assembly.GetManifestResourceStream($"notices/{file}")!;
}

/// <summary>Days and months of the life cycle: <c>terms.json</c>.</summary>
internal sealed record NoticeTerms
{
    /// <summary>A bureau that was asked for clarification answers within so many days.</summary>
    public required int AnswerDays { get; init; }
    /// <summary>Calendar months. Source: domain.md 1.9.</summary>
    public required int SuspensionMonthsMax { get; init; }
    public required IReadOnlyList<int> SuspensionWarnDays { get; init; }
    /// <summary>Days before the end at which the source is asked whether the notice is still needed. Source: RPD, articles 49 and 50.</summary>
    public required IReadOnlyList<int> RetentionWarnDays { get; init; }
    public required int RenewalMonthsMax { get; init; }
    /// <summary>What has ended is deleted after so many days.</summary>
    public required int PurgeAfterDays { get; init; }
    public required int DiffusionRecipientsMax { get; init; }
    /// <summary>When a notice comes into force, questions of so many days are asked again, as far as their text is still kept.</summary>
    public required int LookBackDays { get; init; }
    /// <summary>A reviewer decides requests of the own bureau too: true where a server is of one bureau.</summary>
    public required bool ReviewOwnBureau { get; init; }
    /// <summary>A watch on questions about a person lasts at most so many days.</summary>
    public required int WatchDaysMax { get; init; }
}

/// <summary>A word that leads a reviewer's eye to a passage.</summary>
internal sealed record HintWord(string Language, string Kind, string Words);

/// <summary>Why a request was refused, or a notice cancelled or withdrawn.</summary>
internal sealed record EndReason(string Code, IReadOnlyList<string> Uses, IReadOnlyDictionary<string, string> Names)
{
    public const string ToRefuse = "refuse", ToCancel = "cancel", ToWithdraw = "withdraw";
    /// <summary>It lies in the case itself: the same case is refused again, whatever it is called.</summary>
    public const string Lasting = "lasting";
}
