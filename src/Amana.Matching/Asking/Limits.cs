using System.Runtime.InteropServices;
using Amana.Matching.Index;
using Amana.Matching.Scripts;

namespace Amana.Matching.Asking;

/// <summary>How far a spelling may be from another to be looked at.</summary>
internal static class Limits
{
    /// <summary>Sounds, of a whole token and of a part of one.</summary>
    public const int LengthsDiffer = 3, PartLengthsDiffer = 2;
    /// <summary>Of the cost, what it takes from the evidence; and nats that must be left for a token to be looked at.</summary>
    public const float CostShare = 0.6f, WorthMin = 0.5f;
    /// <summary>Of the weight of tokens that nothing answers, what it takes from the evidence.</summary>
    public const float AskedLeftShare = 0.7f, ListedLeftShare = 0.3f;
    /// <summary>Steps that another form of a given name costs.</summary>
    public const int GivenNameForm = 20, GivenNameFormAcross = 10;
    /// <summary>Steps that it costs more when both are well-known given names, and two; from how many on they are not near at all.</summary>
    public const int AnotherName = 40, AnotherNameMost = 64;
    /// <summary>Steps that the two syllables of a given name cost in the other order.</summary>
    public const int SyllablesSwapped = 24;

    /// <summary>Letters of a token that is hardly any.</summary>
    public const int TinyLetters = 2;

    /// <summary>Nats. A short token has little to recognise it by.</summary>
    public static float CostOf(UnitKind kind, Script script, int letters) => letters switch
    {
        _ when kind is UnitKind.FirstPart or UnitKind.SecondPart => script.RunsTogether ? 4f : 1.5f,
        _ when kind is UnitKind.FirstElement or UnitKind.SecondElement => 4f,
        _ when kind is UnitKind.Joined => 7f,
        <= TinyLetters => 3f,
        3 => 5.2f,
        <= 5 => 6.6f,
        _ => 9f,
    };
}

/// <summary>How far the tokens of one index may be from one unit, whichever of the two is asked.</summary>
/// <remarks>In one script, halfway between what either's length allows: a short token is met by a longer one as the longer is by it.
/// Across scripts, where every likeness is a guess, and for tokens of two letters, what the shorter allows.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct StepLimits
{
    private readonly PackedIndex _index;
    private readonly Unit _unit;
    private readonly bool _isLatin;
    private readonly int _letters, _own;

    public StepLimits(PackedIndex index, Unit unit)
    {
        (_index, _unit, _isLatin, _letters) = (index, unit, IsLatin(unit.Cost.Script), unit.Cost.Readings.Main.Length);
        MostNats = Limits.CostOf(unit.Kind, unit.Cost.Script, _letters + Limits.LengthsDiffer);
        (_own, Most) = (StepsOf(_letters), (int)(MostNats * Unit.StepsPerNat));
    }

    /// <summary>Of whatever token.</summary>
    public int Most { get; }
    public float MostNats { get; }

    public bool Allow(int step, int token) => step <= Most && step <= LimitOf(token);

    private int LimitOf(int token)
    {
        int letters = _index.ReadingOf(token).Length, other = StepsOf(letters);
        bool isOneScript = IsLatin(_index.TokenAt(token).Script) == _isLatin;
        return isOneScript && Math.Min(letters, _letters) > Limits.TinyLetters ? (_own + other) / 2 : Math.Min(_own, other);
    }

    private int StepsOf(int letters) => (int)(Limits.CostOf(_unit.Kind, _unit.Cost.Script, letters) * Unit.StepsPerNat);

    private static bool IsLatin(Script script) => script is Script.Latn or Script.Zyyy;
}
