using System.Runtime.InteropServices;
using Amana.Matching.Fields;

namespace Amana.Matching.Index;

/// <summary>The keys under which a document number is found: with characters that look alike taken as one, and once more without
/// its check digit when it ends in one. Which of them agree, and how, <see cref="DocumentNumber"/> says.</summary>
internal static class IdKeys
{
    public const int CountMax = 2;

    /// <returns>How many were written; none when the number is too short to say anything.</returns>
    public static int Of(string number, Span<uint> keys)
    {
        if (!DocumentNumber.TryRead(number, out var read, out _) || !read.IsTelling) return 0;
        string confusable = read.Confusable;
        keys[0] = KeyOf(confusable);
        if (!read.EndsInCheckDigit) return 1;
        keys[1] = KeyOf(confusable.AsSpan(0, confusable.Length - 1));
        return 2;
    }

    private static uint KeyOf(ReadOnlySpan<char> characters)
    {
        uint hash = Hashing.Fold(Hashing.Of(MemoryMarshal.AsBytes(characters)));
        return hash == 0 ? 1 : hash;
    }
}
