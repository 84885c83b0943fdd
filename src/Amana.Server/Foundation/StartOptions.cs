using System.Globalization;

namespace Amana.Server.Foundation;

/// <summary>How the server was asked to start. Exact forms: docs/operators.md.</summary>
public sealed record StartOptions
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The word for SQLite in the data folder.</summary>
    public const string Embedded = "sqlite";

    /// <summary>What <c>--help</c> says.</summary>
    public const string Help = """
        ./run                            the training instance: the specimen bureau Utopia on http://127.0.0.1:5080
        ./run --data DIR [--urls URL]    your own, with all its state in DIR; empty until an administrator is set up
        ./run --data DIR --demo [--bureau CODE]
                                         a training instance with its state in DIR; CODE: UTO, QST, QMR or QNR
        ./run --demo --bureaus N [--data DIR] [--urls URL]
                                         2 to 4 specimen bureaus that exchange messages, each with its state below DIR,
                                         on URL and the ports after it
        ./run --data DIR --database "Host=HOST;Database=NAME;Username=USER"
                                         the records in PostgreSQL 15 or later, all else in DIR
        ./run token create --data DIR --name NAME --right RIGHT... [--purpose CODE] [--expires 90d] [--exchange]
                                         a token for a machine, shown once; works beside a running server
                                         --exchange: it opens nothing by itself, but /connect/token gives access for it
        ./run keys rotate --data DIR     a new master key and a new data key; works beside a running server
        ./run migrate --from DIR --to CONNECTION
                                         takes the records of DIR over from SQLite to an empty PostgreSQL
        ./run backup --data DIR --out FILE [--key-file FILE]
                                         everything in one closed file, also beside a running server
        ./run restore --from FILE --data DIR [--key-file FILE] [--database CONNECTION]
                                         makes an empty folder, and an empty database, of a backup
        URL is an address such as http://127.0.0.1:5080, or several with semicolons between. More: docs/operators.md
        """;

    /// <summary>Full path. Without <c>--data</c>: <c>.amana</c> in the current folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>As Kestrel reads it: one address, or several with semicolons between.</summary>
    public string Urls { get; init; } = DefaultUrl;

    /// <summary>Connection text of PostgreSQL, or <see cref="Embedded"/>; null: what the folder remembers, else SQLite in it.</summary>
    public string? Database { get; init; }

    /// <summary>Fill an empty data folder with the specimen bureau Utopia and its people.</summary>
    public bool Demo { get; init; }

    /// <summary>Code of the specimen bureau that an empty folder becomes.</summary>
    public string Bureau { get; init; } = "UTO";

    /// <summary>How many specimen bureaus to start, each as a process of its own: 1 to <see cref="BureausMost"/>.</summary>
    public int Bureaus { get; init; } = 1;

    public const int BureausMost = 4;

    /// <summary>Addresses of the specimen bureaus that start together, this one too, the Secretariat first; empty: this one is alone. Given by the process that starts
    /// them, whose end, seen on the standard input, is the end of this one.</summary>
    public IReadOnlyList<Uri> Circle { get; init; } = [];

    /// <summary>Reads the command line.</summary>
    /// <returns>The options, or one sentence that says what is wrong with them.</returns>
    public static (StartOptions? Options, string? Wrong) Parse(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        string? data = null, urls = null, database = null, bureau = null, bureaus = null, circle = null;
        bool demo = false;
        for (int i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            switch (name)
            {
                case "--demo" when value is null:
                    demo = true;
                    break;
                case "--data" when ValueAt(args, value, ref i) is { } folder:
                    data = folder;
                    break;
                case "--urls" when ValueAt(args, value, ref i) is { } address:
                    urls = address;
                    break;
                case "--database" when ValueAt(args, value, ref i) is { } connection:
                    database = connection;
                    break;
                case "--bureau" when ValueAt(args, value, ref i) is { } code:
                    bureau = code;
                    break;
                case "--bureaus" when ValueAt(args, value, ref i) is { } count:
                    bureaus = count;
                    break;
                case "--circle" when ValueAt(args, value, ref i) is { } addresses:
                    circle = addresses;
                    break;
                case "--data" or "--urls" or "--database" or "--bureau" or "--bureaus" or "--circle":
                    return (null, $"{name} needs a value.");
                default:
                    return (null, $"Unknown argument '{args[i]}'. Known: --demo, --data DIR, --urls URL, --database CONNECTION, --bureau CODE, --bureaus N; and: token create.");
            }
        }

        if (data?.Contains('\0', StringComparison.Ordinal) is true) return (null, "--data: a folder's name holds no U+0000.");
        if (urls is not null && WrongUrl(urls) is { } wrong) return (null, wrong);
        if (bureau is not null && !demo && data is not null) return (null, "--bureau names a specimen bureau; it goes with --demo.");
        if (WrongWorld(bureaus, demo || data is null, bureau, database, urls) is { } notSo) return (null, notSo);
        return (new StartOptions
        {
            Bureau = bureau ?? "UTO", DataFolder = Path.GetFullPath(data ?? ".amana"), Urls = urls ?? DefaultUrl, Database = database, Demo = demo || data is null,
            Bureaus = bureaus is null ? 1 : int.Parse(bureaus, CultureInfo.InvariantCulture), Circle = circle is null ? [] : [.. circle.Split(';').Select(a => new Uri(a))],
        }, null);
    }

    private static string? WrongWorld(string? bureaus, bool demo, string? bureau, string? database, string? urls)
    {
        if (bureaus is null) return null;
        if (!int.TryParse(bureaus, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > BureausMost) return $"--bureaus: '{bureaus}' is no number from 1 to {BureausMost}.";
        if (!demo) return "--bureaus starts specimen bureaus; it goes with --demo.";
        if (bureau is not null || database is not null) return "--bureaus goes with neither --bureau nor --database: each has its own records in SQLite.";
        return urls is null || (Uri.TryCreate(urls, UriKind.Absolute, out var first) && first.IsLoopback && first.Scheme == Uri.UriSchemeHttp && first.Port + count - 1 <= ushort.MaxValue && first.Port > 0)
            ? null : $"--urls: with --bureaus one address of this machine, such as {DefaultUrl}.";
    }

    private static (string Name, string? Value) Split(string arg)
    {
        int equals = arg.IndexOf('=', StringComparison.Ordinal);
        return arg.StartsWith("--", StringComparison.Ordinal) && equals > 0 ? (arg[..equals], arg[(equals + 1)..]) : (arg, null);
    }

    private static string? ValueAt(IReadOnlyList<string> args, string? inline, ref int i)
    {
        if (inline is not null) return inline.Length > 0 ? inline : null;
        if (i + 1 >= args.Count || args[i + 1].Length == 0 || args[i + 1].StartsWith("--", StringComparison.Ordinal)) return null;
        return args[++i];
    }

    private static string? WrongUrl(string urls)
    {
        foreach (string url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // BindingAddress also reads http://*:5080 and http://+:5080, which System.Uri does not.
            try
            {
                var address = BindingAddress.Parse(url);
                if (address.Scheme is not ("http" or "https")) return $"--urls: '{url}' is neither http nor https.";
                if (address.Port is < 0 or > ushort.MaxValue) return $"--urls: '{url}' has no port between 0 and 65535.";
            }
            catch (FormatException)
            {
                return $"--urls: '{url}' is not an address such as {DefaultUrl}.";
            }
        }

        return null;
    }
}
