using System.CommandLine;
using System.Globalization;
using Amana.Lists;
using Amana.Lists.Questions;
using Amana.Matching;

namespace Amana.Cli.Screening;

/// <summary><c>amana screen</c>: a file of questions against files of lists, without a server.</summary>
internal static class ScreenCommand
{
    private const int QuestionsABatch = 32;

    private const string Summary = "Ask about many people at once, on files alone.";

    private const string More = """
        QUERIES is CSV with a header or NDJSON, with id, name and optional schema, birthDate, country, gender, idNumber.
        One answer a question, in the order of the questions; a line that cannot be read is answered with an error and the rest goes on.

        Examples
          amana screen travellers.csv --against sdn.csv.gz alt.csv.gz
          amana screen travellers.csv --against lists.amana --format csv > answers.csv
          zcat questions.ndjson.gz | amana screen - --against lists.amana --top 1 --min-score 0.85
        """;

    public static Command Make(Terminal terminal)
    {
        var queries = Options.OneFile("QUERIES", "Questions, CSV or NDJSON, gzip or not; - is standard input");
        var against = Options.Against();
        var mapping = Options.ExistingFile("--mapping", "Which column is what, for lists that are plain CSV");
        var top = Options.Number("--top", "Answers to a question", 5, 1, 500);
        var minScore = Options.MinScore();
        var format = Options.Format("table", "ndjson", "csv");
        var threads = Options.Threads();
        var timings = new Option<bool>("--timings") { Description = "Add the time in the engine to each answer, and end standard error with a line of totals" };
        var command = new TaughtCommand("screen", Summary, More) { queries, against, mapping, top, minScore, format, threads, timings };
        command.SetAction((parsed, cancel) => RunAsync(new Call
        {
            Queries = parsed.GetRequiredValue(queries),
            Against = parsed.GetRequiredValue(against),
            Mapping = parsed.GetValue(mapping),
            Options = new AskOptions { Limit = parsed.GetValue(top), MinScore = parsed.GetValue(minScore) },
            Format = AnswerFormats.Chosen(parsed.GetValue(format), terminal),
            Threads = parsed.GetValue(threads),
            Timings = parsed.GetValue(timings),
        }, terminal, cancel));
        return command;
    }

    private sealed record Call
    {
        public required string Queries { get; init; }
        public required string[] Against { get; init; }
        public required string? Mapping { get; init; }
        public required AskOptions Options { get; init; }
        public required string Format { get; init; }
        public required int Threads { get; init; }
        public required bool Timings { get; init; }
    }

    private static async Task<int> RunAsync(Call call, Terminal terminal, CancellationToken cancel)
    {
        bool fromInput = call.Queries == Options.FromStandardInput;
        if (fromInput && call.Against.Contains(Options.FromStandardInput))
            throw new CommandEndException(ExitCode.WrongUse, "Standard input can be the questions or a list, not both.");
        using var corpus = new CorpusLoad(terminal, MappingFile.Read(call.Mapping)).Load(call.Against, cancel);
        if (terminal.ErrorIsScreen) terminal.Say($"{corpus.Lists.Count.ToString("N0", CultureInfo.InvariantCulture)} entries ready in {Seconds(corpus.LoadTime)} s");
        var format = AnswerFormats.Of(call.Format, terminal, call.Timings);
        var options = call.Options with { Explain = true };
        var output = new OutputStream(terminal.Out);
        if (format.Head is { } head) await output.WriteLineAsync(head, cancel);
        var questions = fromInput ? new ListFile("standard input", terminal.In, null) : CorpusLoad.FileOf(call.Queries);
        var run = new QuestionRun(corpus.Lists, options, format, call.Threads);
        var figures = await run.RunAsync(QuestionFile.Read(questions, cancel), fromInput ? 1 : QuestionsABatch, output, cancel);
        if (figures.Unread > 0) terminal.Say($"amana: {figures.Unread} of {figures.Questions} questions could not be read; their answers say why");
        if (call.Timings) terminal.Say($"queries={figures.Questions} seconds={Seconds(figures.Time)} load_seconds={Seconds(corpus.LoadTime)}");
        return figures.Unread > 0 || corpus.RowsSetAside > 0 ? ExitCode.RowsSetAside : ExitCode.Done;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
