using System.Globalization;
using Amana.Matching.Scripts;

namespace Amana.Matching.Names;

/// <summary>What it costs to take one sound for another, or to leave it out, in steps of an eighth of a nat.</summary>
/// <remarks>Source: data/names/sound-costs.tsv; what has no row there costs as a slip of the hand does.</remarks>
internal sealed class SoundCosts
{
    public const float StepsPerNat = 8;
    /// <summary>Steps. A letter for another, left out, two swapped, and what an error in the first letter costs more.</summary>
    public const byte Slip = 40, Gap = 36, Swapped = 32, FirstExtra = 6;
    /// <summary>Of scripts that leave vowels out, a vowel costs this share.</summary>
    private const float UnwrittenVowel = 0.35f;

    /// <summary>Both tokens have their vowels.</summary>
    public static readonly SoundCosts Written = new(1);
    /// <summary>One of them comes from a script that leaves most vowels out, such as Arabic or Hebrew.</summary>
    public static readonly SoundCosts Unwritten = new(UnwrittenVowel);

    private readonly byte[] _replace = new byte[Sounds.Count * Sounds.Count], _replaceFirst = new byte[Sounds.Count * Sounds.Count];

    private SoundCosts(float vowelShare)
    {
        Array.Fill(_replace, Slip);
        Array.Fill(Drop, Gap);
        foreach (string[] row in Tables.Rows("names/sound-costs.tsv"))
        {
            float nats = float.Parse(row[2], CultureInfo.InvariantCulture);
            bool isVowel = IsVowel(row[0]) && (row[1].Length == 0 || IsVowel(row[1]));
            byte steps = (byte)Math.Round(nats * StepsPerNat * (isVowel ? vowelShare : 1));
            byte a = Sounds.CodeOf(row[0][0]);
            if (row[1].Length == 0) Drop[a] = steps;
            else _replace[(a * Sounds.Count) + Sounds.CodeOf(row[1][0])] = _replace[(Sounds.CodeOf(row[1][0]) * Sounds.Count) + a] = steps;
        }
        for (int code = 0; code < Sounds.Count; code++)
        {
            _replace[(code * Sounds.Count) + code] = 0;
            _replace[code * Sounds.Count] = _replace[code] = byte.MaxValue; // nothing is written behind the end
        }
        Drop[0] = 0;
        for (int i = 0; i < _replace.Length; i++)
            _replaceFirst[i] = _replace[i] == 0 ? (byte)0 : (byte)Math.Min(byte.MaxValue, _replace[i] + FirstExtra);
    }

    /// <summary>The price of leaving out each sound; 0 for the padding.</summary>
    public byte[] Drop { get; } = new byte[Sounds.Count];

    /// <summary>The prices of each sound in the place of <paramref name="code"/>.</summary>
    public ReadOnlySpan<byte> Replace(byte code) => _replace.AsSpan(code * Sounds.Count, Sounds.Count);

    /// <summary>The same for the first sound of a token.</summary>
    public ReadOnlySpan<byte> ReplaceFirst(byte code) => _replaceFirst.AsSpan(code * Sounds.Count, Sounds.Count);

    private static bool IsVowel(string sound) => sound is "a" or "e" or "i" or "o" or "u" or "y" or "w" or "j";
}
