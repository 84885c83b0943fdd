using System.Globalization;
using Amana.Matching;
using Npgsql;
using NpgsqlTypes;

namespace Amana.Peers.Systems;

internal enum TrigramIndex { Gin, Gist }

/// <summary>PostgreSQL's pg_trgm over folded names: a GIN index with a threshold of 0.3, or the nearest by a GiST index.</summary>
internal sealed class PostgresSystem : ISystem
{
    private const string Gin = """
        SELECT subject, max(similarity(name, $1)) AS score FROM names WHERE name % $1 AND kind = $2
        GROUP BY subject ORDER BY score DESC, subject LIMIT 10
        """;
    /// <summary>Of the nearest thirty names the ten best subjects, since a subject may have several.</summary>
    private const string Gist = """
        SELECT subject, max(score) AS best FROM (
            SELECT subject, 1 - (name <-> $1) AS score FROM names WHERE kind = $2 ORDER BY name <-> $1 LIMIT 30) AS nearest
        GROUP BY subject ORDER BY best DESC, subject LIMIT 10
        """;

    private readonly IcuFolding _folding = new();
    private readonly PostgresCluster _cluster;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _ask;
    private readonly List<string> _ids = [];
    private readonly TrigramIndex _index;
    private readonly int _backend;

    public PostgresSystem(TrigramIndex index, int port)
    {
        _index = index;
        _cluster = new PostgresCluster(port);
        _connection = new NpgsqlConnection(_cluster.ConnectionString);
        _connection.Open();
        _backend = _connection.ProcessID;
        _ask = new NpgsqlCommand(index is TrigramIndex.Gin ? Gin : Gist, _connection)
        {
            Parameters = { new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text }, new NpgsqlParameter<short> { NpgsqlDbType = NpgsqlDbType.Smallint } },
        };
    }

    public TimeSpan Spent => Environment.CpuUsage.TotalTime + BackendTime();

    public long Peak => long.Parse(StatusLine("VmHWM:").Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;

    private string StatusLine(string start) => File.ReadLines($"/proc/{_backend}/status").First(l => l.StartsWith(start, StringComparison.Ordinal)).Replace('\t', ' ');

    /// <summary>Processor time of the one process of the server that answers, in hundredths of a second. Source: proc(5).</summary>
    private TimeSpan BackendTime()
    {
        string stat = File.ReadAllText($"/proc/{_backend}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
    }

    public void Load(IEnumerable<Subject> subjects)
    {
        Execute("CREATE EXTENSION pg_trgm");
        Execute("CREATE TABLE names (subject int NOT NULL, kind smallint NOT NULL, name text NOT NULL)");
        using (var copy = _connection.BeginBinaryImport("COPY names FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var subject in subjects)
            {
                foreach (var name in subject.Names)
                {
                    copy.StartRow();
                    copy.Write(_ids.Count, NpgsqlDbType.Integer);
                    copy.Write((short)subject.Kind, NpgsqlDbType.Smallint);
                    copy.Write(string.Join(' ', _folding.Words(name.Text)), NpgsqlDbType.Text);
                }
                _ids.Add(subject.Id);
            }
            copy.Complete();
        }
        Execute(_index is TrigramIndex.Gin ? "CREATE INDEX ON names USING gin (name gin_trgm_ops)" : "CREATE INDEX ON names USING gist (name gist_trgm_ops(siglen=64))");
        Execute("VACUUM ANALYZE names");
        Execute("SET pg_trgm.similarity_threshold = 0.3");
        Execute("SET enable_seqscan = off");
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<(string Id, double Score)> Ask(string name, SubjectKind kind)
    {
        ((NpgsqlParameter<string>)_ask.Parameters[0]).TypedValue = string.Join(' ', _folding.Words(name));
        ((NpgsqlParameter<short>)_ask.Parameters[1]).TypedValue = (short)kind;
        using var reader = _ask.ExecuteReader();
        var hits = new List<(string, double)>(10);
        while (reader.Read()) hits.Add((_ids[reader.GetInt32(0)], Convert.ToDouble(reader.GetValue(1), CultureInfo.InvariantCulture)));
        return hits;
    }

    public void Dispose()
    {
        _ask.Dispose();
        _connection.Dispose();
        _cluster.Dispose();
        _folding.Dispose();
    }
}
