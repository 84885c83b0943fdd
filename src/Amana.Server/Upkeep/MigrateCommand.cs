using System.Data.Common;
using System.Globalization;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Upkeep;

/// <summary><c>migrate --from DIR --to CONNECTION</c>: takes the records of a data folder over from SQLite to an empty PostgreSQL,
/// in one transaction, and compares both. The folder stays as it is. Exit code 0, or 1 with one sentence.</summary>
internal static class MigrateCommand
{
    private const string Usage = "migrate --from DIR --to \"Host=HOST;Database=NAME;Username=USER\"";

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancel)
    {
        var (words, wrong) = CommandWords.Parse(args.Skip(1), ["--from", "--to"]);
        if (words is null)
        {
            await Console.Error.WriteLineAsync($"{wrong}\nUse: {Usage}");
            return 1;
        }

        string folder = Path.GetFullPath(words["--from"]!);
        try
        {
            var (moved, where) = await MoveAsync(folder, words["--to"]!, cancel);
            foreach (var table in moved) await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {table.Table,-22} {table.Rows,12:N0} rows  {table.Sha256[..12]}"));
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{moved.Sum(t => t.Rows):N0} rows are in {where}, each table the same as before. {folder} is as it was.\n") +
                $"Start with: --data {folder} --database CONNECTION. The folder is still needed: keys, journal tree and files are in it.");
            return 0;
        }
        catch (Exception e) when (e is DataFolderException or BackupException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (DbException e)
        {
            await Console.Error.WriteLineAsync($"The database failed: {e.Message} Nothing was kept.");
            return 1;
        }
    }

    /// <exception cref="BackupException">The folder or the database cannot be used for it.</exception>
    internal static async Task<(IReadOnlyList<TableSum> Tables, string Where)> MoveAsync(string folder, string connection, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(folder, "amana.db"))) throw new BackupException($"There is no SQLite database in {folder}.");
        if (ChosenDatabase.Remembered(folder) is not null) throw new BackupException($"The records of {folder} are in PostgreSQL already: {Path.Combine(folder, "database")} says so.");
        await using var from = AmanaHost.Build(new StartOptions { DataFolder = folder, Database = StartOptions.Embedded });
        await from.Services.GetRequiredService<DataFolder>().HoldAsync(cancel);
        await from.Services.GetRequiredService<DataFolder>().OpenAsync(cancel);
        await using var to = AmanaHost.Build(new StartOptions { DataFolder = folder, Database = connection });
        var (source, target) = (from.Services.GetRequiredService<IDatabaseEngine>(), to.Services.GetRequiredService<IDatabaseEngine>());
        if (target is SqliteEngine) throw new BackupException("--to names no PostgreSQL.");

        await using var filled = await EmptyDatabase.OpenAsync(to.Services, cancel);
        await using var reading = await source.OpenAsync(cancel);
        await using var moment = await source.BeginSnapshotAsync(reading, cancel);
        var sums = new List<TableSum>();
        foreach (var table in filled.Tables)
        {
            using var filling = filled.Fill(table);
            var sum = await WholeData.ReadAsync(source, reading, table, (row, bytes) =>
            {
                filling.Add(row, bytes.Length);
                return ValueTask.CompletedTask;
            }, cancel);
            await filling.EndAsync(sum, cancel);
            sums.Add(sum);
        }
        await filled.CommitAsync(cancel);
        return (sums, target.Where);
    }
}
