using Amana.Matching.Asking;
using Amana.Matching.Scoring;

namespace Amana.Matching.Index;

/// <summary>What all tokens of a subject's lightest name would prove, a byte each: so that a first look at many subjects knows how much
/// of a name it has not met yet.</summary>
internal static class NameWeights
{
    public const float StepsPerNat = 4;

    public static byte[] Of(ReadOnlySpan<uint> nameStarts, ReadOnlySpan<uint> tokenStarts, ReadOnlySpan<int> nameTokens, ReadOnlySpan<Token> facts)
    {
        byte[] weights = new byte[nameStarts.Length - 1];
        float logPopulation = Rarity.LogOf(weights.Length + Rarity.People);
        for (int place = 0; place < weights.Length; place++)
        {
            float least = float.MaxValue;
            for (int name = (int)nameStarts[place]; name < nameStarts[place + 1]; name++)
            {
                float sum = 0;
                foreach (int token in nameTokens[(int)tokenStarts[name]..(int)tokenStarts[name + 1]]) sum += Weights.Of(facts[token], logPopulation);
                if (sum > 0) least = Math.Min(least, sum);
            }
            weights[place] = (byte)Math.Min(byte.MaxValue, least * StepsPerNat);
        }
        return weights;
    }
}
