using System.Runtime.InteropServices;
using Amana.Matching.Index;
using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Asking;

/// <summary>One token of an asked name.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct AskedToken
{
    /// <summary>The unit that is this token alone.</summary>
    public int Unit;
    /// <summary>Where it stands in the raw name.</summary>
    public int RawStart, RawLength;
    /// <summary>The only letter of an initial; 0 for a whole token.</summary>
    public byte Initial;
    /// <summary>First letter of its usual reading.</summary>
    public byte First;
}

/// <summary>One name of the question, cut into tokens and units.</summary>
internal sealed class AskedName
{
    public string Raw { get; set; } = "";
    public int FirstUnit { get; set; }
    public int UnitCount { get; set; }
    public int TokenCount { get; set; }
    /// <summary>Nats: what all its tokens would prove.</summary>
    public float Weight { get; set; }
    public AskedToken[] Tokens { get; } = new AskedToken[NameLimits.TokensMax];
    public uint AllTokens => TokenCount == 32 ? uint.MaxValue : (1u << TokenCount) - 1;
}

/// <summary>A question made ready: its names as tokens, and everything that may stand for them as units. Reused.</summary>
internal sealed class Asked
{
    private const int JoinedLettersMax = 24;
    private const int JoinedOfThreeUpTo = 8;
    private const int PartLettersMin = 3, ParticleLettersMin = 2, SyllablesMax = 3;

    private readonly NameText _text = new();
    private readonly List<AskedName> _names = [];
    private readonly List<Unit> _units = [];

    public int NameCount { get; private set; }
    public int UnitCount { get; private set; }
    /// <summary>Subjects of all indexes that are asked.</summary>
    public double Population { get; private set; }
    /// <summary>Natural logarithm of these and of the people beyond them.</summary>
    public float LogPopulation { get; private set; }
    public AskedName Name(int index) => _names[index];
    public Unit Unit(int index) => _units[index];

    /// <summary>Reads the question's names. Names without a single letter are left out.</summary>
    public void Read(Question question, IReadOnlyList<PackedIndex> indexes)
    {
        (NameCount, UnitCount) = (0, 0);
        for (int i = 0; i < question.Names.Count && i < Question.NamesMax; i++)
        {
            string raw = question.Names[i] ?? "";
            if (raw.Length > Question.NameCharsMax) raw = raw[..Question.NameCharsMax];
            _text.Read(raw);
            if (_text.Count == 0) continue;
            if (question.Kind is SubjectKind.Organization) _text.JoinCompanyForms();
            if (NameCount == _names.Count) _names.Add(new AskedName());
            AddName(_names[NameCount], indexes);
            NameCount++;
        }
    }

    private void AddName(AskedName name, IReadOnlyList<PackedIndex> indexes)
    {
        name.Raw = _text.RawName;
        name.FirstUnit = UnitCount;
        name.TokenCount = Math.Min(_text.Count, NameLimits.TokensMax);
        for (int i = 0; i < name.TokenCount; i++)
        {
            var token = _text[i];
            var unit = Next(UnitKind.Token, 1u << i, _text.Text(i), token.Script);
            var main = unit.Cost.Readings.Main;
            byte first = main.Length > 0 && main[0] is >= 'a' and <= 'z' ? (byte)main[0] : (byte)0;
            name.Tokens[i] = new AskedToken
            {
                Unit = UnitCount - 1, RawStart = token.RawStart, RawLength = token.RawLength, First = first,
                Initial = token.Length == 1 && token.Script.HasInitials ? first : (byte)0,
            };
        }
        for (int i = 0; i + 1 < name.TokenCount; i++) Join(i, 2);
        if (name.TokenCount <= JoinedOfThreeUpTo)
            for (int i = 0; i + 2 < name.TokenCount; i++) Join(i, 3);
        for (int i = 0; i < name.TokenCount; i++) Split(i, indexes);
        name.UnitCount = UnitCount - name.FirstUnit;
    }

    private Unit Next(UnitKind kind, uint covers, ReadOnlySpan<char> text, Script script)
    {
        if (UnitCount == _units.Count) _units.Add(new Unit());
        var unit = _units[UnitCount++];
        unit.Prepare(kind, NameCount, covers, text, script);
        return unit;
    }

    /// <summary>Some tokens as one, and without the Arabic article between them, which takes on the sound of what follows.</summary>
    private void Join(int first, int count)
    {
        Join(first, count, withArticle: true);
        for (int i = first + 1; i < first + count; i++)
            if (ArabicArticle.Is(_text.Text(i)) || ArabicArticle.Starts(_text.Text(i)))
            {
                Join(first, count, withArticle: false);
                return;
            }
    }

    private void Join(int first, int count, bool withArticle)
    {
        Span<char> joined = stackalloc char[JoinedLettersMax];
        int length = 0;
        for (int i = first; i < first + count; i++)
        {
            var text = _text.Text(i);
            if (!withArticle && i > first) text = ArabicArticle.Without(text);
            if (_text[i].Script != _text[first].Script || length + text.Length > joined.Length) return;
            text.CopyTo(joined[length..]);
            length += text.Length;
        }
        Next(UnitKind.Joined, ((1u << count) - 1) << first, joined[..length], _text[first].Script);
    }

    /// <summary>Two tokens that make up this one: words that are commoner than it, or the syllables of a given name.</summary>
    private void Split(int token, IReadOnlyList<PackedIndex> indexes)
    {
        var text = _text.Text(token);
        SplitCompound(token, text);
        if (_text[token].Script.RunsTogether)
        {
            for (int cut = 1; cut < text.Length && text.Length <= SyllablesMax; cut++) AddParts(token, cut);
            return;
        }
        if (text.Length < PartLettersMin * 2) return;
        int whole = SubjectsWith(text, indexes);
        for (int cut = ParticleLettersMin; cut <= text.Length - PartLettersMin; cut++)
        {
            if (cut < PartLettersMin && NameTables.ParticleWeight(text[..cut]) == 1) continue;
            if (SubjectsWith(text[..cut], indexes) > whole && SubjectsWith(text[cut..], indexes) > whole) AddParts(token, cut);
        }
    }

    private void SplitCompound(int token, ReadOnlySpan<char> text)
    {
        var script = _text[token].Script;
        if (!Compounds.TrySplit(text, out var first, out var second))
        {
            if (script is Script.Latn || !Compounds.TrySplit(_units[_names[NameCount].Tokens[token].Unit].Cost.Readings.Main, out first, out second)) return;
            script = Script.Latn;
        }
        Next(UnitKind.FirstElement, 1u << token, first, script);
        Next(UnitKind.SecondElement, 1u << token, second, script);
    }

    private void AddParts(int token, int cut)
    {
        Next(UnitKind.FirstPart, 1u << token, _text.Text(token)[..cut], _text[token].Script);
        Next(UnitKind.SecondPart, 1u << token, _text.Text(token)[cut..], _text[token].Script);
    }

    private static int SubjectsWith(ReadOnlySpan<char> text, IReadOnlyList<PackedIndex> indexes)
    {
        int subjects = 0;
        foreach (var index in indexes)
            if (index.Find(text) is >= 0 and var token) subjects += index.TokenAt(token).Subjects;
        return subjects;
    }

    /// <summary>Fixes what every degree of likeness proves, once all indexes have been searched.</summary>
    public void Weigh(IReadOnlyList<PackedIndex> indexes)
    {
        double population = 0;
        foreach (var index in indexes) population += index.Subjects;
        (Population, LogPopulation) = (population, Rarity.LogOf(population + Rarity.People));
        for (int u = 0; u < UnitCount; u++) _units[u].Weigh(population);
        for (int n = 0; n < NameCount; n++)
        {
            _names[n].Weight = 0;
            for (int i = 0; i < _names[n].TokenCount; i++) _names[n].Weight += _units[_names[n].Tokens[i].Unit].Weight;
        }
    }
}
