using System.Globalization;

namespace Amana.Peers;

internal sealed record Options
{
    public List<string> Corpora { get; } = [];
    public string Queries { get; private set; } = "";
    public bool Small { get; private set; } = true;
    /// <summary>The part of the questions to ask; null for all.</summary>
    public bool? SmallPart => Small ? true : null;
    public IReadOnlyList<string> Only { get; private set; } = Asking.Systems;
    public int Port { get; private set; } = 5390;
    public string? Scorer { get; private set; }
    public string? Results { get; private set; }
    public string? Out { get; private set; }

    public static bool TryParse(string[] args, out Options options)
    {
        options = new Options();
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) options.Corpora.Add(args[i]);
            else if (i + 1 == args.Length || !options.Take(args[i], args[++i])) return false;
        }
        return options.Corpora.Count > 0 && options.Queries.Length > 0;
    }

    private bool Take(string option, string value)
    {
        switch (option)
        {
            case "--queries": Queries = value; return true;
            case "--small" when bool.TryParse(value, out bool small): Small = small; return true;
            case "--only": Only = value.Split(','); return Only.All(Asking.Systems.Contains);
            case "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port): Port = port; return true;
            case "--scorer": Scorer = value; return true;
            case "--results": Results = value; return true;
            case "--out": Out = value; return true;
            default: return false;
        }
    }
}
