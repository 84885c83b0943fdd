using Amana.Matching.Asking;
using Amana.Matching.Scoring;

namespace Amana.Matching.Index;

/// <summary>A subject in eight bytes, for a first look at many: what all tokens of its lightest name would prove in the lowest byte, and
/// above it two bits for each of its tokens, a Bloom filter.</summary>
/// <remarks>A subject of six tokens seems to have one that it has not about one time in thirty.</remarks>
internal static class Outlines
{
    internal const float StepsPerNat = 4;
    private const int WeightBits = 8, TokenBits = 64 - WeightBits;

    public static ulong[] Of(ReadOnlySpan<uint> nameStarts, ReadOnlySpan<uint> tokenStarts, ReadOnlySpan<int> nameTokens, ReadOnlySpan<Token> facts)
    {
        ulong[] outlines = new ulong[nameStarts.Length - 1];
        float logPopulation = Rarity.LogOf(outlines.Length + Rarity.People);
        for (int place = 0; place < outlines.Length; place++)
        {
            var outline = new Outline();
            for (int name = (int)nameStarts[place]; name < nameStarts[place + 1]; name++)
            {
                foreach (int token in nameTokens[(int)tokenStarts[name]..(int)tokenStarts[name + 1]]) outline.Add(token, facts[token], logPopulation);
                outline.EndName();
            }
            outlines[place] = outline.Packed;
        }
        return outlines;
    }

    /// <summary>The bits of one token.</summary>
    public static ulong BitsOf(int token)
    {
        ulong hash = Hashing.Mix((uint)token + 1UL);
        return (1UL << (WeightBits + Scaled((uint)hash))) | (1UL << (WeightBits + Scaled((uint)(hash >> 32))));
    }

    private static int Scaled(uint hash) => (int)(((ulong)hash * TokenBits) >> 32);

    /// <summary>False: the subject has not the token with these bits.</summary>
    public static bool MayHave(ulong outline, ulong bits) => (outline & bits) == bits;

    /// <summary>Nats, in quarters, up to 63.</summary>
    public static float WeightOf(ulong outline) => (byte)outline / StepsPerNat;
}

/// <summary>One outline while the names of its subject are read.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal struct Outline()
{
    private float _least = float.MaxValue, _name;
    private ulong _bits;

    public void Add(int token, in Token facts, float logPopulation)
    {
        _name += Weights.Of(facts, logPopulation);
        _bits |= Outlines.BitsOf(token);
    }

    public void EndName()
    {
        if (_name > 0) _least = Math.Min(_least, _name);
        _name = 0;
    }

    public readonly ulong Packed => _bits | (byte)Math.Min(byte.MaxValue, _least * Outlines.StepsPerNat);
}
