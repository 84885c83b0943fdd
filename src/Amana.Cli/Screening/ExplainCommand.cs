using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Lists;
using Amana.Lists.Questions;
using Amana.Matching;
using Spectre.Console;

namespace Amana.Cli.Screening;

/// <summary><c>amana explain</c>: how alike two names are, and why.</summary>
internal static class ExplainCommand
{
    private const string Summary = "Say how alike two names are, and why: token by token, across scripts.";

    private const string More = """
        Examples
          amana explain "Мохаммед аль-Файед" "Mohamed Al Fayed" --schema Person
          amana explain "محمد عبد الرحمن" "Mohammed Abdulrahman" --format ndjson
          amana explain --pairs pairs.csv > scores.ndjson       columns name1, name2, schema
        """;

    public static Command Make(Terminal terminal)
    {
        var names = new Argument<string[]>("NAME") { Description = "Two names", Arity = new ArgumentArity(0, 2) };
        var pairs = Options.ExistingFile("--pairs", "A CSV file with the columns name1, name2 and optional schema; - is standard input");
        var schema = new Option<string?>("--schema") { Description = "Person, Organization, Company, Vessel, Airplane, …", HelpName = "SCHEMA" };
        schema.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !QuestionSchemas.TryKindOf(token.Value, out _))
                result.AddError($"There is no schema '{token.Value}'. Known are {string.Join(", ", QuestionSchemas.All)}.");
        });
        var threshold = Options.MinScore();
        threshold.Description = "Score from which two names are called a match (0 to 1)";
        var format = Options.Format("table", "ndjson");
        var command = new TaughtCommand("explain", Summary, More) { names, pairs, schema, threshold, format };
        command.Validators.Add(result =>
        {
            int given = result.GetValue(names)?.Length ?? 0;
            if (result.GetValue(pairs) is null ? given != 2 : given != 0) result.AddError("Give two names, or --pairs with a file.");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var look = new Look(parsed.GetValue(threshold), AnswerFormats.Chosen(parsed.GetValue(format), terminal) == "table");
            var kind = parsed.GetValue(schema) is { } named && QuestionSchemas.TryKindOf(named, out var known) ? known : SubjectKind.Any;
            return parsed.GetValue(pairs) is { } file
                ? await ExplainFileAsync(file, kind, look, terminal, cancel)
                : await ExplainOneAsync(parsed.GetRequiredValue(names), kind, look, terminal, cancel);
        });
        return command;
    }

    private sealed record Look(double Threshold, bool Table);

    private static async Task<int> ExplainOneAsync(string[] names, SubjectKind kind, Look look, Terminal terminal, CancellationToken cancel)
    {
        foreach (string name in names)
        {
            if (string.IsNullOrWhiteSpace(name)) throw new CommandEndException(ExitCode.InputRefused, "A name is empty.");
            if (name.Length > Question.NameCharsMax) throw new CommandEndException(ExitCode.InputRefused, QuestionNotes.NameTooLong.Detail);
        }
        var pair = PairScore.Of(names[0], names[1], kind);
        var output = new OutputStream(terminal.Out);
        if (look.Table) await output.WriteAsync(Encoding.UTF8.GetBytes(Ladder.Draw(pair, look.Threshold, terminal)), cancel);
        else await output.WriteAsync(Json(new PairLine { Number = 1 }, pair, look.Threshold), cancel);
        await output.FlushAsync(cancel);
        return ExitCode.Done;
    }

    private static async Task<int> ExplainFileAsync(string path, SubjectKind kind, Look look, Terminal terminal, CancellationToken cancel)
    {
        var file = path == Options.FromStandardInput ? new ListFile("standard input", terminal.In, null) : CorpusLoad.FileOf(path);
        var output = new OutputStream(terminal.Out);
        long unread = 0;
        foreach (var line in PairFile.Read(file, cancel))
        {
            if (line.Error is not null) unread++;
            var pair = line.Error is null ? PairScore.Of(line.Name1, line.Name2, line.Kind is SubjectKind.Any ? kind : line.Kind) : new PairScore(0, []);
            if (look.Table) await output.WriteLineAsync(Row(line, pair), cancel);
            else await output.WriteAsync(Json(line, pair, look.Threshold), cancel);
        }
        await output.FlushAsync(cancel);
        if (unread > 0) terminal.Say($"amana: {unread} rows could not be read; their answers say why");
        return unread > 0 ? ExitCode.RowsSetAside : ExitCode.Done;
    }

    private static string Row(PairLine line, PairScore pair) => line.Error is { } error
        ? $"line {line.Number}: {error.Detail} ({error.Code})"
        : $"{AnswerFormats.Score(pair.Score)}  {AnswerTable.Clean(line.Name1)}  ·  {AnswerTable.Clean(line.Name2)}";

    private static ReadOnlyMemory<byte> Json(PairLine line, PairScore pair, double threshold)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, AnswerLine.Options))
        {
            json.WriteStartObject();
            AnswerLine.WriteScore(json, "score", pair.Score);
            json.WriteBoolean("match", line.Error is null && pair.Score >= threshold);
            json.WriteNumber("threshold", threshold);
            AnswerLine.WriteEvidence(json, pair.Evidence);
            if (line.Error is { } error) AnswerLine.WriteError(json, error, line.Number);
            json.WriteEndObject();
        }
        bytes.Write("\n"u8);
        return bytes.WrittenMemory;
    }
}

/// <summary>The evidence for a person to read: one rung a token.</summary>
internal static class Ladder
{
    public static string Draw(PairScore pair, double threshold, Terminal terminal)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = Console(text, terminal);
        bool match = pair.Score >= threshold;
        console.MarkupLine($"[bold]{AnswerFormats.Score(pair.Score)}[/]  {(match ? "[green]may be the same[/]" : "[yellow]not alike enough[/]")} (from {threshold.ToString("0.##", CultureInfo.InvariantCulture)})");
        foreach (var field in pair.Evidence)
        {
            console.MarkupLine($"{field.Field.EscapeMarkup()}: {AnswerLine.CodeOf(field.Effect)} ({field.Reason.EscapeMarkup()})");
            if (field.Tokens.Count > 0) console.Write(TableOf(field.Tokens));
            if (field.PeopleInMillion is { } people) console.MarkupLine(AnswerFormats.Namesakes(people));
        }
        return text.ToString();
    }

    /// <summary>Draws into text, as wide and as colourful as the screen allows.</summary>
    public static IAnsiConsole Console(TextWriter text, Terminal terminal)
    {
        bool colours = terminal.OutIsScreen && terminal.Variable("NO_COLOR") is null or "";
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = terminal.Width;
        return console;
    }

    private static Table TableOf(IReadOnlyList<TokenEvidence> tokens)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("asked", "listed", "how", "alike", "weight");
        table.Columns[3].RightAligned();
        table.Columns[4].RightAligned();
        foreach (var token in tokens)
        {
            table.AddRow(Token(token.Asked, token.AskedRomanised), Token(token.Listed, token.ListedRomanised), token.Relation.EscapeMarkup(),
                token.Similarity.ToString("0.00", CultureInfo.InvariantCulture), token.Weight.ToString("0.00", CultureInfo.InvariantCulture));
        }
        return table;
    }

    private static string Token(string? written, string? romanised)
    {
        if (written is null) return "[grey]–[/]";
        string clean = AnswerTable.Clean(written).EscapeMarkup();
        return romanised is null ? clean : $"{clean} [grey]{AnswerTable.Clean(romanised).EscapeMarkup()}[/]";
    }
}
