using System.CommandLine;
using System.Globalization;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;

namespace Amana.Cli.Journal;

/// <summary><c>amana journal verify</c>: proves a journal from its files alone, without trusting the server that wrote it.</summary>
internal static class JournalCommand
{
    private const string Summary = "Prove a journal from its public files, or one entry from its proof: nothing altered, removed, inserted or moved.";

    private const string More = """
        Examples
          amana journal verify http://127.0.0.1:5080/journal --key "$(cat journal.vkey)"
          amana journal verify /backup/journal --key amana-journal-0c3f…+5b1d6e2a+AQ… --since checkpoint-of-last-week
          amana journal verify entry-17.tlog-proof --key journal.vkey --witness bureau-b.vkey
        Take the key from somebody you trust, not from the server that you are checking, and keep a checkpoint now and then:
        a journal written anew from its first entry proves itself, and only a checkpoint kept elsewhere shows that it is another.
        Exit codes: 0 proved; 2 not proved, with the number (from 0) of the first bad entry on the last line; 4 the server does not answer.
        """;

    public static Command Make(Terminal terminal)
    {
        var where = new Argument<string>("FOLDER|URL|PROOF") { Description = "Where checkpoint and tile/ are: a folder, or the address of a server's journal; or the proof of one entry" };
        var key = new Option<string>("--key") { Description = "The journal's key, name+id+key, or a file that holds it (journal.vkey)", HelpName = "VKEY", Required = true };
        var since = Options.ExistingFile("--since", "A checkpoint of this journal that was kept earlier: what it vouches for must stand there still");
        var witness = new Option<string[]>("--witness") { Description = "With a proof: the key of a witness that must have signed as well; may be repeated", HelpName = "VKEY" };
        var verify = new TaughtCommand("verify", Summary, More) { where, key, since, witness };
        verify.SetAction(async (parsed, cancel) =>
        {
            var verifier = await KeyAsync(parsed.GetRequiredValue(key), cancel);
            byte[]? kept = parsed.GetValue(since) is { } file ? await File.ReadAllBytesAsync(file, cancel) : null;
            string place = parsed.GetRequiredValue(where);
            if (File.Exists(place)) return await EntryProofReport.WriteAsync(place, verifier, await KeysAsync(parsed.GetValue(witness) ?? [], cancel), new OutputStream(terminal.Out), cancel);
            using var web = place.Contains("://", StringComparison.Ordinal) ? await WebTiles.OpenAsync(place, cancel) : null;
            if (web is null && !Directory.Exists(place)) throw new CommandEndException(ExitCode.WrongUse, $"There is no folder {place}.");
            using var progress = new Progress(terminal, "Proving");
            var check = new LogCheck(web is null ? new TileFolder(place) : web, verifier);
            return await ReportAsync(await check.ProveAsync(kept, null, cancel), new OutputStream(terminal.Out), cancel);
        });
        return new TaughtCommand("journal", "Prove journals.", "Examples\n  amana journal verify FOLDER --key VKEY") { verify };
    }

    private static async Task<NoteKey> KeyAsync(string given, CancellationToken cancel)
    {
        string text = File.Exists(given) ? await File.ReadAllTextAsync(given, cancel) : given;
        return NoteKey.TryParse(text, out var key) ? key! : throw new CommandEndException(ExitCode.WrongUse, "--key: this is no key such as name+5b1d6e2a+AQ….");
    }

    private static async Task<IReadOnlyList<NoteKey>> KeysAsync(string[] given, CancellationToken cancel)
    {
        var keys = new List<NoteKey>(given.Length);
        foreach (string key in given) keys.Add(await KeyAsync(key, cancel));
        return keys;
    }

    private static async Task<int> ReportAsync(LogFinding found, OutputStream output, CancellationToken cancel)
    {
        if (found.IsGood)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"proved entries={found.Entries} root={found.Checkpoint!.Root}"), cancel);
            return ExitCode.Done;
        }

        await output.WriteLineAsync($"not proved: {WordsOf(found)}", cancel);
        await output.WriteLineAsync(found.FirstBad!.Value.ToString(CultureInfo.InvariantCulture), cancel);
        return ExitCode.InputRefused;
    }

    private static string WordsOf(LogFinding found) => found.Fault switch
    {
        LogFault.Checkpoint => "there is no checkpoint that this key signed, so nothing vouches for any entry",
        LogFault.Since => "the kept checkpoint was not signed with this key",
        LogFault.Cut => "the journal has fewer entries than the kept checkpoint vouches for",
        LogFault.Rewritten => "the entries that the kept checkpoint vouches for are not those that stand there now",
        LogFault.Missing => "an entry is missing, or more stand there than were signed",
        LogFault.Entry => "an entry is not the one that was signed",
        LogFault.Tile => "a tile is missing, or was not made of the entries below it",
        LogFault.Root => "entries and tiles were made anew: they do not give the signed root",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
