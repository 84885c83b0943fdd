using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Amana.Matching.Scripts;

namespace Amana.Matching.Names;

/// <summary>The sounds of one token, a byte each, 0 behind the last; then how many, and the token's script. Part of the index file's
/// meaning.</summary>
[InlineArray(Sounds.Max + 2)]
internal struct SoundCodes
{
    private byte _first;

    public readonly ReadOnlySpan<byte> Span => MemoryMarshal.CreateReadOnlySpan(in _first, Length);

    /// <summary>With the zeros behind the last.</summary>
    public readonly ReadOnlySpan<byte> Padded => MemoryMarshal.CreateReadOnlySpan(in _first, Sounds.Max);

    public byte Length
    {
        readonly get => this[Sounds.Max];
        set => this[Sounds.Max] = value;
    }

    public Script Script
    {
        readonly get => (Script)this[Sounds.Max + 1];
        set => this[Sounds.Max + 1] = (byte)value;
    }
}

/// <summary>Writes a Latin token as sounds, in which sh, ch, kh, th and gh are one each and ph is f.</summary>
/// <remarks>Codes: a to z are 1 to 26, sh 27, ch 28, kh 29, th 30, gh 31. Source: data/names/sounds.tsv.</remarks>
internal static class Sounds
{
    /// <summary>Later sounds are not compared.</summary>
    public const int Max = 14;
    /// <summary>Codes below this.</summary>
    public const int Count = 32;
    public const string Own = "SCKTG";

    private sealed record Rule(string Letters, byte[] Codes, bool IsAtStart);

    /// <summary>Rules by first letter, the longest first.</summary>
    private static readonly Rule[][] Rules = Read();

    /// <returns>The sounds; none for a token with anything but letters a to z, which is compared as a whole.</returns>
    public static SoundCodes Of(ReadOnlySpan<char> latin, Script script)
    {
        var codes = new SoundCodes { Script = script };
        int count = 0;
        for (int i = 0; i < latin.Length && count < Max;)
        {
            if (latin[i] is < 'a' or > 'z')
                return new SoundCodes { Script = script };
            var rule = Find(latin, i);
            if (rule is null) Add(ref codes, ref count, CodeOf(latin[i++]));
            else
            {
                foreach (byte code in rule.Codes) Add(ref codes, ref count, code);
                i += rule.Letters.Length;
            }
        }
        codes.Length = (byte)count;
        return codes;
    }

    public static byte CodeOf(char sound) => Own.IndexOf(sound, StringComparison.Ordinal) is >= 0 and var own ? (byte)(27 + own) : (byte)(sound - 'a' + 1);

    private static void Add(ref SoundCodes codes, ref int count, byte code)
    {
        if (count < Max && (count == 0 || codes[count - 1] != code)) codes[count++] = code;
    }

    private static Rule? Find(ReadOnlySpan<char> latin, int at)
    {
        foreach (var rule in Rules[latin[at] - 'a'])
            if ((at == 0 || !rule.IsAtStart) && latin[at..].StartsWith(rule.Letters)) return rule;
        return null;
    }

    private static Rule[][] Read()
    {
        var rules = Tables.Rows("names/sounds.tsv")
            .Select(row => new Rule(row[0].TrimStart('^'), [.. row[1].Select(CodeOf)], row[0][0] == '^')).ToArray();
        return [.. Enumerable.Range('a', 26).Select(c => rules.Where(r => r.Letters[0] == c).OrderByDescending(r => r.Letters.Length).ToArray())];
    }
}
