using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Amana.Matching;
using Amana.Server.Keys;

namespace Amana.Server.Screening;

/// <summary>By which a question is known again without telling what was asked: HMAC-SHA-256 over its <see cref="Fingerprint"/>. Without the
/// key, which is not in the database, nobody tries out names.</summary>
/// <remarks>The key is never changed: what was settled must be found again.</remarks>
internal sealed class QuestionPrints(KeyFolder keys)
{
    public const int Chars = 43;
    private const string KeyName = "question-prints";

    private readonly byte[] _key = keys.Secret(KeyName, SealedChunks.KeyBytes);

    public string Of(Question question) => Of(Fingerprint.Of(question));

    /// <param name="hash">Of lines of a stream, for instance.</param>
    public string Of(string hash) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(hash)));
}
