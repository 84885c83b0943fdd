using Amana.Exchange.Directory;

namespace Amana.Server.Exchange.Keys;

/// <summary>What a key is for.</summary>
public enum KeyUse
{
    Signing,
    Sealing,
}

/// <summary>The public half of a key of ours, and its days. The secret half is in the folder of keys, under <see cref="Secret"/>.</summary>
internal sealed class OwnKey
{
    /// <summary><c>UTO#s-20261127-1</c>.</summary>
    public required string Name { get; init; }
    public required KeyUse Use { get; init; }
    public required byte[] Public { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }

    public string Secret => SecretOf(Name);

    public static string SecretOf(string name) => "exchange-" + name[(name.IndexOf('#', StringComparison.Ordinal) + 1)..];

    public DirectoryKey ToDirectoryKey() => new(Name, Public, From, Until);
}
