using System.Text;
using Amana.Server.Web;
using Amana.Server.Web.Components;

namespace Amana.Server.Notices.Pages;

/// <summary>What stands on the paper of a notice in one language: the one place where that is said, for the page that a browser prints
/// and for the PDF file.</summary>
internal sealed record NoticePaper
{
    public required Language Language { get; init; }
    public required char Letter { get; init; }
    /// <summary>The type and what it means.</summary>
    public required string Type { get; init; }
    public required string Meaning { get; init; }
    /// <summary>The type in the other languages.</summary>
    public required IReadOnlyList<(Language Language, string Name)> OtherNames { get; init; }
    public required string Reference { get; init; }
    /// <summary>State and edition.</summary>
    public required string Standing { get; init; }
    public required string? Handling { get; init; }
    /// <summary>Whom it is about, in the script that the language is read in; the reference where nobody is named.</summary>
    public required string Name { get; init; }
    public required string? OtherName { get; init; }
    public required IReadOnlyList<string> Photographs { get; init; }
    /// <summary>What the square code is for, and where it leads.</summary>
    public required string Check { get; init; }
    public required string CheckAddress { get; init; }
    public required string? Caution { get; init; }
    public required IReadOnlyList<Remark> Remarks { get; init; }
    public required IReadOnlyList<Part> Parts { get; init; }
    public required string? Presumed { get; init; }
    /// <summary>Who printed, when, for what, which copy.</summary>
    public required string Foot { get; init; }
    public required string Code { get; init; }

    /// <summary>All that people wrote.</summary>
    public IEnumerable<string> Written => Parts.SelectMany(p => p.Rows).SelectMany(r => r.Values).Concat(Remarks.SelectMany(r => r.Texts).Select(t => t.Text)).Append(Name).Append(OtherName ?? "");

    /// <summary>What is read before the notice.</summary>
    public sealed record Remark(string Title, string From, IReadOnlyList<(string Language, string Text)> Texts);

    public sealed record Part(int Number, string Title, IReadOnlyList<Row> Rows);

    /// <summary>A field and what it says.</summary>
    public sealed record Row(string Label, IReadOnlyList<string> Values);

    /// <param name="site">Scheme and host by which readers of the paper reach this server.</param>
    public static NoticePaper Of(PrintNotice.View view, Texts texts, string printedBy, string site)
    {
        var (row, language) = (view.Notice.Row, texts.Language);
        char letter = NoticeText.Letter(row.Colour);
        var (name, otherName) = ScriptText.InOrder(row.Caption.Length > 0 ? row.Caption : row.CaptionOriginal ?? row.Reference, row.CaptionOriginal, language.IsRightToLeft);
        return new NoticePaper
        {
            Language = language,
            Letter = letter,
            Type = texts[$"notice.{letter}.colour"],
            Meaning = texts[$"notice.{letter}.meaning"],
            OtherNames = [.. Languages.All.Where(l => l != language).Select(l => (l, Texts.In(l)[$"notice.{letter}.colour"]))],
            Reference = row.Reference,
            Standing = $"{NoticeText.State(row.State, texts)} · {texts.Say("notices.edition", ("number", view.Notice.Edition))}",
            Handling = view.Notice.Fields.GetValueOrDefault("handling") is [var handling, ..] ? handling : null,
            Name = Quiet(name),
            OtherName = otherName is null ? null : Quiet(otherName),
            Photographs = [.. Enumerable.Range(1, Math.Min(view.Notice.Pictures, PrintNotice.PicturesMax)).Select(n => texts.Say("notices.photograph", ("number", n)))],
            Check = texts["notices.print-check"],
            CheckAddress = $"{site}/{language.Code}/verify/{view.Code}",
            Caution = view.Notice.Fields.GetValueOrDefault("warnings", []) is { Count: > 0 } warnings
                ? texts["notices.print-caution"] + texts["list.colon"] + string.Join(texts["list.comma"], warnings.Select(w => NoticeRules.Own.NameOf("warnings", w, language.Code))) : null,
            Remarks = [.. view.Notice.Beside.Addenda.Where(a => !a.Replaced).Select(a => RemarkOf(a, texts))],
            Parts = [.. PartsOf(view.Notice, texts)],
            Presumed = row.Colour is NoticeColour.Red ? texts["notices.presumed"] : null,
            Foot = texts.Say("notices.print-foot", ("who", Quiet(printedBy)), ("at", view.At), ("purpose", view.Purpose.Names[language.Code]), ("copy", view.Copy)),
            Code = view.Code,
        };
    }

    private static IEnumerable<Part> PartsOf(NoticeView notice, Texts texts) => NoticeRules.Own.FieldsOf(notice.Row.Colour).Where(f => notice.Fields.ContainsKey(f.Name))
        .GroupBy(f => f.Section).Select((section, index) => new Part(index + 1, texts[$"notices.section.{section.Key}"],
            [.. section.Select(field => new Row(field.Names[texts.Language.Code],
                [.. NoticeText.Values(field.Name, notice.Fields.GetValueOrDefault($"{field.Name}.{texts.Language.Code}", notice.Fields[field.Name]), texts).Select(Quiet)]))]));

    private static Remark RemarkOf(AddendumView addendum, Texts texts) => new(
        $"{texts["notices.addendum"]}{texts["list.colon"]}{texts[$"notices.addendum.{NoticeText.Word(addendum.Kind)}"]}",
        $"{addendum.Bureau} · {texts.Formats.Instant(addendum.At)}",
        [.. addendum.Texts.Where(t => t.Key == texts.Language.Code || !addendum.Texts.ContainsKey(texts.Language.Code)).Select(t => (t.Key, Quiet(t.Value)))]);

    // Signs that turn the direction of what stands beside them do not reach the paper.
    private static string Quiet(string text) => text.AsSpan().IndexOfAnyInRange('\u202A', '\u202E') < 0 && text.AsSpan().IndexOfAnyInRange('\u2066', '\u2069') < 0 ? text
        : string.Concat(text.EnumerateRunes().Where(r => r.Value is not (>= 0x202A and <= 0x202E) and not (>= 0x2066 and <= 0x2069)).Select(r => r.ToString()));
}
