using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Tips;

/// <summary>The forms that are out, without a list of them: each carries its moment and a number, signed. A form older than a day or younger
/// than three seconds is not taken: the one is stale, the other was filled in by a machine. The code with which the giver comes back is
/// made of the same number, so that a form sent twice by mistake shows the same code.</summary>
internal sealed class TipForms(KeyFolder keys, TimeProvider clock)
{
    public static readonly TimeSpan Youngest = TimeSpan.FromSeconds(3), Oldest = TimeSpan.FromHours(24);

    // 32 letters and digits that nobody mixes up when they are read aloud or from paper.
    private const string Signs = "ABCDEFGHJKLMNPQRSTVWXYZ23456789T";
    private const int NumberBytes = 12, CodeSigns = 12, GroupSigns = 4, MacBytes = 16, SecretBytes = 32;
    private readonly Lazy<byte[]> _key = new(() => keys.Secret("tip-forms", SecretBytes));

    public string New()
    {
        string open = $"{clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NumberBytes))}";
        return $"{open}.{SignatureOf(open)}";
    }

    /// <returns>The number of the form.</returns>
    public Result<string> Read(string? text)
    {
        string[] parts = (text ?? "").Split('.');
        if (parts.Length != 3 || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(SignatureOf($"{parts[0]}.{parts[1]}")), Encoding.ASCII.GetBytes(parts[2]))) return TipRefusals.FormStale;
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)) return TipRefusals.FormStale;
        var age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (age > Oldest) return TipRefusals.FormStale;
        return age < Youngest ? TipRefusals.TooFast : parts[1];
    }

    public string CodeOf(string form)
    {
        byte[] hash = Hash("code", form);
        var code = new StringBuilder();
        for (int i = 0; i < CodeSigns; i++) code.Append(i > 0 && i % GroupSigns == 0 ? "-" : "").Append(Signs[hash[i] % Signs.Length]);
        return code.ToString();
    }

    /// <summary>Four digits and two letters; not a secret.</summary>
    public string ReferenceOf(string form)
    {
        byte[] hash = Hash("reference", form);
        return string.Create(CultureInfo.InvariantCulture, $"TIP-{BitConverter.ToUInt32(hash) % 1_000_000:D6}{Signs[hash[4] % 23]}{Signs[hash[5] % 23]}");
    }

    /// <summary>What is stored of a code, whatever way it is typed.</summary>
    public string HashOf(string? code) =>
        Convert.ToHexString(Hash("stored", string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()));

    private string SignatureOf(string open) => Base64Url.EncodeToString(Hash("form", open).AsSpan(0, MacBytes));

    private byte[] Hash(string use, string text) => HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{use}\n{text}"));
}
