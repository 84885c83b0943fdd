using Amana.Faults;
using Amana.Faults.Exchange;

// What happens when things go wrong, and how much the trusted parts carry. bench/RESULTS.md says what came of it.
return args switch
{
    ["append", .. var rest] => await AppendBench.RunAsync(rest),
    ["kills", .. var rest] => await KillBench.RunAsync(rest),
    ["full-disk", .. var rest] => await FullDiskBench.RunAsync(rest),
    ["load", .. var rest] => await LoadBench.RunAsync(rest),
    ["public", .. var rest] => await PublicBench.RunAsync(rest),
    ["changes", .. var rest] => await ChangesBench.RunAsync(rest),
    ["archive", .. var rest] => await ArchiveBench.RunAsync(rest),
    ["exchange", .. var rest] => await ExchangeBench.RunAsync(rest),
    ["exchange-load", .. var rest] => await ExchangeLoadBench.RunAsync(rest),
    ["world", .. var rest] => await WorldBench.RunAsync(rest),
    ["fuzz", .. var rest] => await FuzzBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project bench/Amana.Faults -- COMMAND

          append [--acts 100000] [--batch 256] [--data DIR]
              takes down acts in transactions of a batch each, synced to disk, until they are under a signed checkpoint; prints acts a second
          kills [--rounds 200] [--seed N]
              a server under load is killed (SIGKILL) at a random moment and started anew, over and over; at the end every act that was
              acknowledged must be in the journal once, and the journal must prove itself
          full-disk [--levels 20]
              fills a small disk in memory to the last blocks under a server that writes, and frees it again (Linux, root): reads go on, writes are
              refused in words, nothing acknowledged is lost, no restart is needed
          load [--officers 200] [--questions 500] [--seconds 600]
              signed-in officers who open pages, and API questions at a steady pace, on one server; prints p50, p99 and errors
          public [--readers 1000] [--seconds 120] [--pause 3000]
              readers of the public site at once, each of whom reads a page for about that many milliseconds; prints p50, p95, p99 and errors
          changes [--entries 75000] [--changes 3000]
              a list that the server keeps itself is changed entry by entry while it is asked; prints the time until a change answers, and p50
              and p99 of questions with and without changes
          archive [--messages 1000000] [--rounds 200] [--data DIR]
              ten years of messages, sealed; prints p50, p99 and processor time of finding threads by words of their subject, of the list, and of opening one
          exchange [--seconds 180] [--seed N] [--pause 800]
              three bureaus and one behind a relay, as real servers, write to each other, each officer after about that many milliseconds, while requests
              are lost, doubled and late, ways are cut, servers are killed, a disk is full (root) and a clock is wrong (faketime); after it all letters
              must be there, once, in order, and what the relay holds must not open with any of its keys
          exchange-load [--rate 200] [--seconds 60] [--warm 20] [--peers 194] [--queued 1000000]
              two real servers and peers of the real engine in this process: letters a second end to end and their times, one letter to all,
              and a long queue for a bureau that is away
          world [--bureaus 196] [--rate 200] [--seconds 60] [--warm 30] [--data DIR]
              whole servers of as many bureaus in this process, each with a folder, a database, a journal, keys and a port of its own: what they cost at rest,
              letters a second among all of them and their times, one letter and one notice to all others
          fuzz [--seconds 20] [--seed 1] [--only NAME]
              damaged input for every reader, so many seconds each, and damaged requests to a running server: prints what each took, and every
              exception that the reader does not promise; the server may not answer 5xx
        """);
    return 1;
}
