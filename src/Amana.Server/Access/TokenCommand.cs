using System.Globalization;
using Amana.Server.Data;
using Amana.Server.Foundation;

namespace Amana.Server.Access;

/// <summary><c>token create --data DIR --name NAME --right RIGHT… [--purpose CODE] [--expires 90d] [--exchange]</c>: whoever may read
/// the data folder may make a token, also before there is an administrator. Exit code 0, or 1 with one sentence.</summary>
internal static class TokenCommand
{
    private const string Usage = "token create --data DIR --name NAME --right RIGHT... [--purpose CODE] [--expires 90d] [--exchange]";

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancel)
    {
        var (asked, wrong) = Parse(args);
        if (asked is null)
        {
            await Console.Error.WriteLineAsync($"{wrong}\nUse: {Usage}\nRights: {string.Join(", ", RightWords.ForMachines)}.");
            return 1;
        }

        try
        {
            await using var app = AmanaHost.Build(new StartOptions { DataFolder = asked.DataFolder });
            await app.Services.GetRequiredService<DataFolder>().OpenAsync(cancel);
            await using var scope = app.Services.CreateAsyncScope();
            var caller = Caller.OfServer(app.Services.GetRequiredService<Instance>().Bureau);
            var result = await scope.ServiceProvider.GetRequiredService<MakeToken>().RunAsync(asked.Token, caller, cancel);
            if (result.Succeeded(out var made, out var refusal))
            {
                string client = asked.Token.MustExchange ? $"Client {made.Id}; its secret" : "It";
                await Console.Out.WriteLineAsync($"Token '{asked.Token.Name}' is made. {client} is shown this once:\n{made.Secret}");
                return 0;
            }

            await Console.Error.WriteLineAsync(refusal.Detail);
            return 1;
        }
        catch (Exception e) when (e is DataFolderException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    internal sealed record Asked(string DataFolder, MakeToken.Request Token);

    internal static (Asked? Asked, string? Wrong) Parse(IReadOnlyList<string> args)
    {
        if (args is not ["token", "create", ..]) return (null, "The only token command is 'create'.");
        string? data = null, name = null, purpose = null;
        TimeSpan? lasts = null;
        bool mustExchange = false;
        var rights = new List<string>();
        for (int i = 2; i < args.Count; i++)
        {
            string option = args[i];
            if (option == "--exchange")
            {
                mustExchange = true;
                continue;
            }

            int equals = option.IndexOf('=', StringComparison.Ordinal);
            string? value = equals > 0 ? option[(equals + 1)..] : i + 1 < args.Count ? args[++i] : null;
            option = equals > 0 ? option[..equals] : option;
            if (string.IsNullOrEmpty(value)) return (null, $"{option} needs a value.");
            switch (option)
            {
                case "--data": data = value; break;
                case "--name": name = value; break;
                case "--purpose": purpose = value; break;
                case "--expires":
                    if (LifeOf(value) is not { } life) return (null, $"--expires: '{value}' is no time such as 90d, 12h, 30m or 45s.");
                    lasts = life;
                    break;
                case "--right":
                    rights.AddRange(value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                    while (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) rights.Add(args[++i]);
                    break;
                default:
                    return (null, $"Unknown argument '{option}'.");
            }
        }

        if (data is null) return (null, "--data is missing: the folder that the server was started with.");
        return name is null
            ? (null, "--name is missing: what the token is for.")
            : (new Asked(Path.GetFullPath(data), new MakeToken.Request(name, rights, purpose, lasts, mustExchange)), null);
    }

    /// <summary>A whole number and a unit: s, m, h or d.</summary>
    internal static TimeSpan? LifeOf(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' when count < 1_000_000 => TimeSpan.FromHours(count),
            'd' when count < 1_000_000 => TimeSpan.FromDays(count),
            _ => null,
        };
    }
}
