using Amana.Matching.Scripts;

namespace Amana.Matching.Asking;

/// <summary>What stands for one or more tokens of an asked name when it is looked up.</summary>
internal enum UnitKind : byte
{
    /// <summary>A token as asked.</summary>
    Token,
    /// <summary>Neighbouring tokens written as one: Abd el Karim for Abdelkarim.</summary>
    Joined,
    /// <summary>First part of a token that two tokens of the record may make up; the second is the next unit.</summary>
    FirstPart,
    SecondPart,
    /// <summary>The same of a token that is known to be two names, see <see cref="Compounds"/>.</summary>
    FirstElement,
    SecondElement,
}

/// <summary>A unit of a question with its neighbours and what each degree of likeness proves. Reused.</summary>
internal sealed class Unit
{
    /// <summary>Costs are counted in eighths of a nat, below this.</summary>
    public const int CostSteps = 128;
    public const float StepsPerNat = Names.SoundCosts.StepsPerNat;

    private readonly float[] _subjectsAt = new float[CostSteps];
    private readonly float[] _evidenceAt = new float[CostSteps];

    public TokenCost Cost { get; } = new();
    public UnitKind Kind { get; private set; }
    /// <summary>Which asked tokens it covers, a bit each.</summary>
    public uint Covers { get; private set; }
    public int AskedName { get; private set; }

    public void Prepare(UnitKind kind, int askedName, uint covers, ReadOnlySpan<char> text, Script script)
    {
        (Kind, AskedName, Covers) = (kind, askedName, covers);
        _subjectsAt.AsSpan().Clear();
        Cost.Prepare(text, script);
        Own = NameTables.OwnWeight(text);
    }

    /// <summary>How much of its weight the word keeps, see <see cref="NameTables.OwnWeight"/>.</summary>
    public float Own { get; private set; }

    /// <summary>How many people beyond the indexes bear it, once its neighbours are found.</summary>
    public float Beyond { get; set; }

    public bool IsFirstPart => Kind is UnitKind.FirstPart or UnitKind.FirstElement;
    public bool IsSecondPart => Kind is UnitKind.SecondPart or UnitKind.SecondElement;
    public bool IsPart => IsFirstPart || IsSecondPart;
    public bool IsElement => Kind is UnitKind.FirstElement or UnitKind.SecondElement;

    public static int StepOf(float nats) => Math.Min((int)(nats * StepsPerNat), CostSteps - 1);

    /// <summary>Notes that so many subjects bear a token at this cost.</summary>
    public void Count(int step, float subjects) => _subjectsAt[step] += subjects;

    /// <summary>Turns the counts into evidence: how rare it is that a subject has any token as near as this one.</summary>
    public void Weigh(double population)
    {
        double within = Beyond;
        for (int step = 0; step < CostSteps; step++)
        {
            within += _subjectsAt[step];
            if (step == 0) Rarity = Asking.Rarity.Nats(within, population);
            _evidenceAt[step] = step > 0 && _subjectsAt[step] == 0 ? _evidenceAt[step - 1] : Own * Asking.Rarity.Nats(within, population);
        }
    }

    /// <summary>Nats of evidence that a token at this cost gives; 0 when it is as common as can be.</summary>
    public float EvidenceAt(int step) => _evidenceAt[step];

    /// <summary>How rare it is, in nats, whatever its own weight.</summary>
    public float Rarity { get; private set; }

    /// <summary>What the unit would prove if met exactly.</summary>
    public float Weight => _evidenceAt[0];
}
