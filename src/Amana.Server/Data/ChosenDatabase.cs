using Amana.Server.Foundation;

namespace Amana.Server.Data;

/// <summary>Which database a data folder belongs to: what the command line says, else <c>AMANA_DATABASE</c>, else what the folder
/// remembers of the last start, else SQLite in the folder.
/// <c>sqlite</c> says SQLite also for a folder that remembers another.</summary>
/// <remarks>The folder remembers, so that a start or a command without <c>--database</c> does not begin anew with an empty database.</remarks>
internal static class ChosenDatabase
{
    public const string Variable = "AMANA_DATABASE";
    private const string FileName = "database";

    /// <returns>A connection text of PostgreSQL, or null for SQLite.</returns>
    public static string? Of(StartOptions options)
    {
        string? said = options.Database ?? Environment.GetEnvironmentVariable(Variable);
        return said is StartOptions.Embedded ? null : string.IsNullOrWhiteSpace(said) ? Remembered(options.DataFolder) : said;
    }

    public static string? Remembered(string folder)
    {
        string file = Path.Combine(folder, FileName);
        return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } kept ? kept : null;
    }

    /// <summary>Takes down the choice, for the owner of the folder alone: there may be a password in it.</summary>
    /// <param name="connection">Null: the database is in the folder.</param>
    public static void Remember(string folder, string? connection)
    {
        string file = Path.Combine(folder, FileName);
        if (connection is null)
        {
            File.Delete(file);
            return;
        }
        if (File.Exists(file) && File.ReadAllText(file) == connection) return;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string part = file + ".part";
        File.Delete(part);
        using (var writer = new StreamWriter(part, options)) writer.Write(connection);
        File.Move(part, file, overwrite: true);
    }
}
