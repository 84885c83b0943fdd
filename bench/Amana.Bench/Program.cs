using Amana.Bench;
using Amana.Bench.Fit;

// One command, one file. Each prints what it measured; bench/RESULTS.md says how the figures there were made.
return args switch
{
    ["match", .. var rest] => MatchBench.Run(rest),
    ["http", .. var rest] => await HttpBench.RunAsync(rest),
    ["import", _, _, ..] => await ImportBench.RunAsync(args[1..]),
    ["pairs", .. var rest] => PairsBench.Run(rest),
    ["fit", .. var rest] => FitCommand.Run(rest),
    ["numbers", .. var rest] => NumbersBench.Run(rest),
    ["exchange", .. var rest] => ExchangeBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project bench/Amana.Bench -- COMMAND

          match CORPUS… --queries FILE [--out RESULTS] [--index FILE] [--small true|false] [--min-score S]
              builds the index over the corpus files (or opens --index, several as one), asks every query on one thread and prints build
              time, bytes a record, questions a second, CPU a question, p50, p99 and peak memory
          http --server URL --queries FILE [--token T] [--connections 8] [--seconds 20] [--update FILE]
              asks a running server one question a call (/match/default, /api/v1/screenings), then streams questions
              (/api/v1/screenings/bulk), and prints calls a second, p50, p99 and rows a second
          import SERVER.dll FILE [ADDRESS]
              starts a published server on an empty folder, imports the file, starts the server anew, and prints when progress
              showed, rows a second to the database and into the index, time until ready, and memory (Linux)
          pairs FILE.csv [--errors]
              compares labelled pairs of names without a list: precision, recall and F1
          fit INDEX… --queries FILE [--out data/scores/name-model.tsv] [--trees N] [--rate R]
              fits the name score to the questions that are not small, and says how well it does on those that are
          numbers [--count 100000000] [--checks 2000000]
              writes an index of made document numbers and checks numbers against it, on one thread and on all: checks a second, p50, p99, file
              size and memory; "one-off" also tries every number with one character changed, missing, put in or swapped
          exchange [--seconds 3]
              letters sealed and opened for one and for 196 bureaus, requests signed and checked, blind questions: each so many seconds on one thread
        """);
    return 1;
}
