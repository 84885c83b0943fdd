using System.Security.Cryptography;

namespace Amana.Exchange.Directory;

/// <summary>A key in five words that two people can read to each other over the telephone: <c>lusab-babad-gutih-tugad-jivol</c>.</summary>
/// <remarks>Proquints (D. S. Wilkerson, "A proposal for proquints: identifiers that are readable, spellable, and pronounceable", 2009): sixteen bits a word, consonants and vowels in
/// turn. Eighty bits of SHA-256: whoever wants another key with the same words has to try 2^80 of them.</remarks>
public static class KeyWords
{
    private const string Consonants = "bdfghjklmnprstvz", Vowels = "aiou";
    private const int Words = 5;

    /// <param name="key">The public key, byte for byte.</param>
    public static string Of(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. "amana/key-words/v1\n"u8, .. key], hash);
        string[] words = new string[Words];
        for (int i = 0; i < Words; i++) words[i] = Word((hash[2 * i] << 8) | hash[(2 * i) + 1]);
        return string.Join('-', words);
    }

    internal static string Word(int sixteenBits) => string.Create(5, sixteenBits, static (word, bits) =>
    {
        word[0] = Consonants[(bits >> 12) & 15];
        word[1] = Vowels[(bits >> 10) & 3];
        word[2] = Consonants[(bits >> 6) & 15];
        word[3] = Vowels[(bits >> 4) & 3];
        word[4] = Consonants[bits & 15];
    });
}
