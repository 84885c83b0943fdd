namespace Amana.Server.Tests.Access;

/// <summary>The secret of a second step, as an authenticator app reads it.</summary>
internal static class Base32
{
    public static byte[] Read(string text)
    {
        string bits = string.Concat(text.Where(c => c != ' ')
            .Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
