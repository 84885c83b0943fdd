using System.Data.Common;
using Amana.Lists;
using Amana.Matching;

namespace Amana.Server.Watchlists;

/// <summary>Streams all entities of one version, in the order of its index.</summary>
internal static class VersionReader
{
    private const int ReportRows = 1_000;

    /// <summary>As the index reads them; notes the facts of each place on the way.</summary>
    public static IEnumerable<Subject> Subjects(
        DbConnection connection, int list, int version, PlaceFactsBuilder facts, Action<int>? progress, CancellationToken cancel)
    {
        int read = 0;
        foreach (var entity in Entities(connection, list, version))
        {
            if (read % ReportRows == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Invoke(read);
            }
            read++;
            facts.Add(entity);
            yield return Lists.Subjects.Of(entity);
        }
        progress?.Invoke(read);
    }

    public static IEnumerable<ListedEntity> Entities(DbConnection connection, int list, int version)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, body FROM list_entities WHERE list = @list AND from_version <= @version " +
            "AND (to_version IS NULL OR to_version > @version) ORDER BY key";
        foreach (var (name, value) in ((string, int)[])[("@list", list), ("@version", version)])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        using var rows = command.ExecuteReader();
        while (rows.Read()) yield return EntityBody.Read(rows.GetString(0), rows.GetFieldValue<byte[]>(1));
    }
}
