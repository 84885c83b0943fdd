using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Server.Access;

/// <summary>Time-based one-time passwords, RFC 6238: HMAC-SHA-1, six digits, 30 seconds.</summary>
internal static class Totp
{
    public const int SecretBytes = 20;
    private const int StepSeconds = 30;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // Base32, RFC 4648

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <param name="digits">6 here; the vectors of the RFC have 8.</param>
    public static string CodeAt(ReadOnlySpan<byte> secret, long step, int digits = 6)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and every authenticator app use SHA-1; HMAC does not need collision resistance
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        int value = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        int modulus = 1;
        for (int i = 0; i < digits; i++) modulus *= 10;
        return (value % modulus).ToString(new string('0', digits), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, among the last, the present and the next; null when none.</summary>
    /// <param name="after">Steps up to this one were used already.</param>
    public static long? Find(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long after)
    {
        byte[] typed = Encoding.ASCII.GetBytes(code);
        long? found = null;
        for (long step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(secret, step)), typed) && step > after) found = step;
        }

        return found;
    }

    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 8 / 5 + 1);
        int buffer = 0, bits = 0;
        foreach (byte b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Letters[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        if (bits > 0) text.Append(Letters[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
