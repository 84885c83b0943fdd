using Amana.Bench;
using Amana.Bench.Fit;

// One command, one file. Each prints what it measured; bench/RESULTS.md says how the figures there were made.
return args switch
{
    ["match", .. var rest] => MatchBench.Run(rest),
    ["fit", .. var rest] => FitCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project bench/Amana.Bench -- COMMAND

          match CORPUS… --queries FILE [--out RESULTS] [--index FILE] [--small true|false] [--min-score S]
              builds the index over the corpus files (or opens --index), asks every query on one thread and prints build
              time, bytes a record, questions a second, CPU a question, p50, p99 and peak memory
          fit INDEX… --queries FILE [--out data/scores/name-model.tsv] [--trees N] [--rate R]
              fits the name score to the questions that are not small, and says how well it does on those that are
        """);
    return 1;
}
