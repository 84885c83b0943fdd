using System.Data.Common;
using System.Globalization;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Upkeep;

/// <summary><c>backup --data DIR --out FILE</c> beside a running server, and <c>restore --from FILE --data DIR</c>.
/// Exit code 0; 1 with one sentence; 2 when all was restored and the journal does not prove itself.</summary>
internal static class BackupCommand
{
    private const string BackupUsage = "backup --data DIR --out FILE [--key-file FILE] [--database CONNECTION]";
    private const string RestoreUsage = "restore --from FILE --data DIR [--key-file FILE] [--database CONNECTION]";

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancel)
    {
        bool makes = args[0] == "backup";
        var (words, wrong) = CommandWords.Parse(args.Skip(1), makes ? ["--data", "--out"] : ["--from", "--data"], "--key-file", "--database");
        if (words is null)
        {
            await Console.Error.WriteLineAsync($"{wrong}\nUse: {(makes ? BackupUsage : RestoreUsage)}");
            return 1;
        }

        try
        {
            return makes ? await BackupAsync(words, cancel) : await RestoreAsync(words, cancel);
        }
        catch (Exception e) when (e is DataFolderException or BackupException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (DbException e)
        {
            await Console.Error.WriteLineAsync($"The database failed: {e.Message}");
            return 1;
        }
    }

    private static async Task<int> BackupAsync(CommandWords words, CancellationToken cancel)
    {
        string folder = Path.GetFullPath(words["--data"]!), file = Path.GetFullPath(words["--out"]!);
        if (!File.Exists(Path.Combine(folder, "amana.db")) && ChosenDatabase.Of(new StartOptions { DataFolder = folder, Database = words["--database"] }) is null)
        {
            throw new BackupException($"There is no data of Amana in {folder}.");
        }
        if (File.Exists(file)) throw new BackupException($"{file} is there already. A backup is never written over.");
        if (file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new BackupException("--out: the backup would lie in the folder that it is of.");

        await using var app = AmanaHost.Build(new StartOptions { DataFolder = folder, Database = words["--database"] });
        await app.Services.GetRequiredService<DataFolder>().OpenAsync(cancel);
        string keyFile = words["--key-file"] ?? file + ".key";
        var (key, isNew) = words["--key-file"] is null && Environment.GetEnvironmentVariable(BackupKey.PassphraseVariable) is { Length: > 0 } passphrase
            ? (BackupKey.OfPassphrase(passphrase), false) : BackupKey.OfFileOrNew(keyFile);
        var manifest = await ActivatorUtilities.CreateInstance<MakeBackup>(app.Services).WriteAsync(file, key, cancel);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "backup.made",
                details: new { parts = manifest.Parts.Count, rows = manifest.Tables.Sum(t => t.Rows), bytes = new FileInfo(file).Length });
            await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync(cancel);
        }
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{file}: {manifest.Tables.Sum(t => t.Rows):N0} rows and {manifest.Parts.Count - manifest.Tables.Count:N0} files, {new FileInfo(file).Length:N0} bytes, closed with a {(key.From == "file" ? $"key file: {Path.GetFullPath(keyFile)}" : "passphrase")}"));
        if (isNew) await Console.Out.WriteLineAsync("The key file is new. Without it nobody restores the backup, and with it anybody: keep it apart from the backup and from the server.");
        return 0;
    }

    private static async Task<int> RestoreAsync(CommandWords words, CancellationToken cancel)
    {
        string folder = Path.GetFullPath(words["--data"]!), file = Path.GetFullPath(words["--from"]!);
        if (!File.Exists(file)) throw new BackupException($"{file} is not there.");
        var key = words["--key-file"] is null && Environment.GetEnvironmentVariable(BackupKey.PassphraseVariable) is { Length: > 0 } passphrase
            ? BackupKey.OfPassphrase(passphrase) : BackupKey.OfFile(words["--key-file"] ?? file + ".key");
        var done = await RestoreBackup.RunAsync(file, key, folder, words["--database"], cancel);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{done.Manifest.Tables.Sum(t => t.Rows):N0} rows are in {done.Where}, and {done.Manifest.Parts.Count - done.Manifest.Tables.Count:N0} files in {folder}, as they were on {done.Manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC."));
        if (done.Proof.Fault is null)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The journal proves itself: {done.Proof.Entries:N0} entries."));
            return 0;
        }
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"The journal does not prove itself ({done.Proof.Fault}{(done.Proof.FirstBad is { } first ? $", first at {first}" : "")}): it was so when the backup was made. What to do: docs/operators.md"));
        return 2;
    }
}
