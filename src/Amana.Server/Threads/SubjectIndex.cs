using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Amana.Matching;
using Amana.Server.Data;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Finds threads by words of their subject without the words standing in the database: of each word, folded as names are, eight bytes of
/// HMAC-SHA-256. Whoever has the database alone sees which threads share a word, and not which word it is.</summary>
/// <remarks>The rarest word leads, so that a common one beside it costs nothing. Two words have the same eight bytes once in 10^19.</remarks>
internal sealed class SubjectIndex(AmanaDb db, KeyFolder keys)
{
    public const int WordsMost = 40, AskedMost = 8;
    private const int CountedMost = 2_000;
    private const string KeyName = "thread-words";

    private readonly byte[] _key = keys.Secret(KeyName, SealedChunks.KeyBytes);

    public void Add(CaseThread thread)
    {
        foreach (long word in PrintsOf(string.Join(' ', thread.Content.About.Prepend(thread.Content.Subject)), WordsMost)) db.ThreadWords.Add(new() { Word = word, Number = thread.Number });
    }

    public async Task RemoveAsync(CaseThread thread, CancellationToken cancel) =>
        db.ThreadWords.RemoveRange(await db.ThreadWords.Where(w => w.Number == thread.Number).ToListAsync(cancel));

    /// <summary>Numbers of the threads that have all the words, newest first; null when there is no word in the question.</summary>
    public async Task<IReadOnlyList<long>?> FindAsync(string asked, int most, CancellationToken cancel)
    {
        var words = PrintsOf(asked, AskedMost);
        if (words.Count == 0) return null;
        long rarest = words[0];
        for (int i = 0, least = int.MaxValue; i < words.Count && words.Count > 1; i++)
        {
            long word = words[i];
            int count = await db.ThreadWords.Where(w => w.Word == word).OrderBy(w => w.Number).Take(CountedMost).CountAsync(cancel);
            if (count < least) (least, rarest) = (count, word);
        }

        var all = db.ThreadWords.AsNoTracking();
        var found = all.Where(w => w.Word == rarest);
        foreach (long other in words.Where(w => w != rarest)) found = found.Where(w => all.Any(x => x.Word == other && x.Number == w.Number));
        return await found.OrderByDescending(w => w.Number).Select(w => w.Number).Take(most).ToListAsync(cancel);
    }

    public IReadOnlyList<long> PrintsOf(string text, int most) => [.. FoldedWords.Of(text, most).Select(Print).Distinct()];

    private long Print(string word)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(word), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
