using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amana.Server.Keys;

namespace Amana.Server.Access;

public enum FormStanding { Good, Stale, TooFast }

/// <summary>Forms for people who are not signed in, without a list of those that are out: each carries its moment and a number, signed. One
/// older than a day or younger than three seconds is not taken: the one is stale, the other was filled in by a machine. The code with which
/// somebody comes back is made of the same number, so that a form sent twice by mistake shows the same code.</summary>
public sealed class StrangerForms(KeyFolder keys, TimeProvider clock)
{
    public static readonly TimeSpan Youngest = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(24);

    /// <summary>32 letters and digits that are not mixed up when they are read aloud or from paper; of their hash five bits a sign.</summary>
    internal const string Signs = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int NumberBytes = 12, CodeSigns = 12, GroupSigns = 4, MacBytes = 16, SecretBytes = 32;
    private readonly Lazy<byte[]> _key = new(() => keys.Secret("stranger-forms", SecretBytes));

    /// <param name="use">What the form is for; a form for one thing is none for another.</param>
    public string New(string use)
    {
        string open = $"{clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NumberBytes))}";
        return $"{open}.{SignatureOf(use, open)}";
    }

    /// <param name="number">Of the form; empty when it is not good.</param>
    public FormStanding Read(string use, string? text, out string number)
    {
        number = "";
        string[] parts = (text ?? "").Split('.');
        if (parts.Length != 3 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(SignatureOf(use, $"{parts[0]}.{parts[1]}")), Encoding.UTF8.GetBytes(parts[2]))) return FormStanding.Stale;
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)) return FormStanding.Stale;
        var age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (age > Oldest) return FormStanding.Stale;
        if (age < Youngest) return FormStanding.TooFast;
        number = parts[1];
        return FormStanding.Good;
    }

    /// <summary>Twelve signs in three groups, 60 bits.</summary>
    public string CodeOf(string use, string number)
    {
        byte[] hash = Hash(use, "code", number);
        var code = new StringBuilder();
        for (int i = 0; i < CodeSigns; i++) code.Append(i > 0 && i % GroupSigns == 0 ? "-" : "").Append(Signs[hash[i] % Signs.Length]);
        return code.ToString();
    }

    /// <summary>What is stored of a code, in whatever way it is typed.</summary>
    public string HashOf(string use, string? code) =>
        Convert.ToHexString(Hash(use, "stored", string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()));

    /// <summary>Six digits and two letters for the phone; not a secret.</summary>
    public string ShortOf(string use, string number)
    {
        byte[] hash = Hash(use, "reference", number);
        return string.Create(CultureInfo.InvariantCulture, $"{BitConverter.ToUInt32(hash) % 1_000_000:D6}{Signs[hash[4] % 24]}{Signs[hash[5] % 24]}");
    }

    private string SignatureOf(string use, string open) => Base64Url.EncodeToString(Hash(use, "form", open).AsSpan(0, MacBytes));

    private byte[] Hash(string use, string part, string text) => HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{use}\n{part}\n{text}"));
}
