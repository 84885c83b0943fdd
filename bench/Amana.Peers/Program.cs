using Amana.Peers;

// Amana and systems that one could pick instead, on the same files in one run: bench/README.md.
return args switch
{
    ["compare", .. var rest] when Options.TryParse(rest, out var options) => Comparison.Run(options),
    ["ask", var system, .. var rest] when Options.TryParse(rest, out var options) => Asking.Run(system, options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine($"""
        usage: dotnet run -c Release --project bench/Amana.Peers -- compare CORPUS… --queries FILE [options]

          --small true|false   only questions so marked; default true
          --only A,B           some of: {string.Join(' ', Asking.Systems)}
          --port N             of the private PostgreSQL cluster; default 5390
          --scorer FILE.py     has that scorer score the same answers, and ends with 1 where a figure differs
          --results FILE.md    writes the tables there, between its markers; else they are only printed
          --out DIR            keeps each system's answers there, a line a question
        """);
    return 1;
}
