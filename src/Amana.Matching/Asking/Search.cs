using System.Runtime.InteropServices;
using Amana.Matching.Index;
using Amana.Matching.Scoring;

namespace Amana.Matching.Asking;

/// <summary>Asks one question of one or more indexes. Holds all working memory; reused, one question at a time.</summary>
internal sealed class Search
{
    /// <summary>Candidates whose names are laid beside the question's, for one asked name in one index.</summary>
    private const int AlignedMax = 1_000;
    /// <summary>Subjects ahead whose names are fetched from memory.</summary>
    private const int Ahead = 4;
    /// <summary>Of these, the subjects whose names are measured and scored, at least; and how many for each answer wanted.</summary>
    private const int ScoredMin = 24, ScoredForEach = 2;

    private readonly List<Near> _byNumber = [];
    private readonly Shortlist _shortlist = new();
    private readonly Asked _asked = new();
    private readonly Neighbours _neighbours = new();
    private readonly Candidates _candidates = new();
    private readonly Alignment _alignment = new();
    private readonly List<TokenMap> _maps = [];
    private readonly List<PackedIndex> _packed = [];
    private readonly List<Found> _best = [];

    /// <summary>An answer before it is explained.</summary>
    [StructLayout(LayoutKind.Auto)]
    private record struct Found(double Score, int Index, int Place, int AskedName, int ListedName, double NameScore);

    /// <summary>When set, takes down what was measured of each subject's best name: its place, and the score. For the fit.</summary>
    internal List<(int Place, NameFeatures Features, double Score)>? Measured { get; set; }

    /// <summary>Slow, and what the ways to candidates are held to: lays every subject, see <see cref="Candidates"/>.</summary>
    internal bool LaysEverySubject { get; init; }

    /// <summary>The same of the ways to near tokens: compares every token, see <see cref="Neighbours"/>.</summary>
    internal bool ComparesEveryToken { get; init => (field, _neighbours.ComparesEveryToken) = (value, value); }

    public IReadOnlyList<Hit> Run(Question question, AskOptions options, IReadOnlyList<MatchIndex> indexes)
    {
        _packed.Clear();
        _best.Clear();
        foreach (var index in indexes) _packed.Add(index.Packed);
        _asked.Read(question, _packed);
        while (_maps.Count < indexes.Count) _maps.Add(new TokenMap());
        for (int i = 0; i < indexes.Count; i++)
        {
            _maps[i].Clear();
            for (int u = 0; u < _asked.UnitCount; u++) _neighbours.Find(_packed[i], _asked, u, _maps[i]);
        }
        _asked.Weigh(_packed);
        for (int i = 0; i < indexes.Count; i++) Answer(question, options, indexes[i], i);
        return [.. _best.Select(f => ToHit(f, question, options, indexes[f.Index]))];
    }

    private void Answer(Question question, AskOptions options, MatchIndex index, int number)
    {
        var packed = _packed[number];
        _byNumber.Clear();
        foreach (int place in PlacesOfNumbers(question, packed))
            if (IsAdmitted(question, options, index, place)) _byNumber.Add(Nearest(packed, number, place, 0, _asked.NameCount));
        // A name's other fields may tell apart any number of subjects of that name, so then all that are laid are scored.
        _shortlist.Clear(LaysEverySubject ? index.Packed.Places : FieldJudge.HasFields(question) ? AlignedMax : Math.Max(ScoredMin, options.Limit * ScoredForEach));
        for (int n = 0; n < _asked.NameCount; n++)
            if (LaysEverySubject) LayEverySubject(question, options, index, number, n);
            else LayAll(question, options, index, number, n);
        foreach (var near in _byNumber) Score(question, options, packed, number, near);
        foreach (ref readonly var near in _shortlist.All)
            if (!IsByNumber(near.Place)) Score(question, options, packed, number, near);
    }

    /// <summary>Lays the subjects that one asked name may mean beside it, the most promising first, until none can come nearer.</summary>
    private void LayAll(Question question, AskOptions options, MatchIndex index, int number, int asked)
    {
        var packed = _packed[number];
        _candidates.Clear();
        _candidates.Collect(packed, _asked, _asked.Name(asked), _maps[number]);
        var best = _candidates.Best(AlignedMax);
        float left = Left(_asked.Name(asked));
        for (int i = 0; i < best.Length; i++)
        {
            if (i + (3 * Ahead) < best.Length) packed.Prefetch(best[i + (3 * Ahead)].Place, best[i + (2 * Ahead)].Place, best[i + Ahead].Place);
            if (_shortlist.IsBeyond(best[i].Evidence - left)) return;
            if (IsAdmitted(question, options, index, best[i].Place)) _shortlist.Add(Nearest(packed, number, best[i].Place, asked, 1));
        }
    }

    private void LayEverySubject(Question question, AskOptions options, MatchIndex index, int number, int asked)
    {
        for (int place = 0; place < index.Packed.Places; place++)
            if (!index.Packed.IsDropped(place) && IsAdmitted(question, options, index, place)) _shortlist.Add(Nearest(_packed[number], number, place, asked, 1));
    }

    /// <summary>Nats that stay unanswered when nothing is met; initials may yet be met.</summary>
    private float Left(AskedName name)
    {
        float left = 0;
        foreach (ref readonly var token in name.Tokens.AsSpan(0, name.TokenCount))
            if (token.Initial == 0) left += _asked.Unit(token.Unit).Weight;
        return Limits.AskedLeftShare * left;
    }

    /// <summary>The pair of one of the subject's names and one of some asked ones that is nearest.</summary>
    private Near Nearest(PackedIndex packed, int number, int place, int firstAsked, int askedCount)
    {
        var (first, end) = packed.NamesOf(place);
        var best = new Near(float.MinValue, place, -1, first);
        for (int name = first; name < end; name++)
            for (int n = firstAsked; n < firstAsked + askedCount; n++)
            {
                var tokens = packed.TokensOf(name);
                _alignment.Align(packed, _asked, _asked.Name(n), tokens, _maps[number]);
                float net = _alignment.Net(_asked, _asked.Name(n), tokens.Length);
                if (net > best.Net) best = new Near(net, place, n, name);
            }
        return best;
    }

    private static bool IsAdmitted(Question question, AskOptions options, MatchIndex index, int place) =>
        MayAnswer(question.Kind, index.Packed.KindOf(place)) && options.Admits?.Invoke(index, place) != false;

    private bool IsByNumber(int place)
    {
        foreach (var near in _byNumber)
            if (near.Place == place) return true;
        return false;
    }

    private static bool MayAnswer(SubjectKind asked, SubjectKind listed) =>
        asked == listed || asked is SubjectKind.Any || listed is SubjectKind.Any;

    /// <summary>Subjects with one of the question's document numbers, each once, whatever their names.</summary>
    private static HashSet<int> PlacesOfNumbers(Question question, PackedIndex packed)
    {
        var places = new HashSet<int>();
        Span<uint> keys = stackalloc uint[IdKeys.CountMax];
        foreach (string number in question.IdNumbers)
            foreach (uint key in keys[..IdKeys.Of(number, keys)])
                for (int layer = 0; layer < packed.LayerCount; layer++)
                    foreach (ulong pair in packed.WithIdNumber(layer, key)) places.Add(packed.FirstPlace(layer) + (int)(uint)pair);
        places.RemoveWhere(packed.IsDropped);
        return places;
    }

    private void Score(Question question, AskOptions options, PackedIndex packed, int number, in Near near)
    {
        NameFeatures measured = default;
        double name = near.AskedName < 0 ? 0 : ScoreNames(packed, number, near, out measured);
        Measured?.Add((near.Place, measured, name));
        var fields = FieldJudge.HasFields(question) ? FieldJudge.Judge(question, packed.FieldsOf(near.Place)) : default;
        double total = FieldJudge.Apply(name, fields);
        if (total < options.MinScore || total <= 0) return;
        Keep(new Found(total, number, near.Place, near.AskedName, near.ListedName, name), options.Limit);
    }

    private double ScoreNames(PackedIndex packed, int number, in Near near, out NameFeatures features)
    {
        var name = _asked.Name(near.AskedName);
        var tokens = packed.TokensOf(near.ListedName);
        _alignment.Align(packed, _asked, name, tokens, _maps[number]);
        features = NameFeatures.Of(packed, _asked, name, tokens, _alignment, packed.KindOf(near.Place));
        double score = NameScore.Of(features, _asked.Population <= 1);
        return packed.NameKindOf(near.ListedName) is NameKind.Weak ? score * NameScore.WeakShare : score;
    }

    /// <summary>Keeps the best, ties by index and place.</summary>
    private void Keep(in Found found, int limit)
    {
        if (limit <= 0) return;
        int at = _best.Count;
        while (at > 0 && IsBefore(found, _best[at - 1])) at--;
        if (at >= limit) return;
        if (_best.Count == limit) _best.RemoveAt(limit - 1);
        _best.Insert(at, found);
    }

    private static bool IsBefore(in Found a, in Found b) =>
        a.Score != b.Score ? a.Score > b.Score : a.Index != b.Index ? a.Index < b.Index : a.Place < b.Place;

    private Hit ToHit(in Found found, Question question, AskOptions options, MatchIndex index)
    {
        var packed = _packed[found.Index];
        return new Hit
        {
            Index = index,
            Place = found.Place,
            SubjectId = packed.IdOf(found.Place),
            Caption = packed.NameText(packed.NamesOf(found.Place).First),
            Score = found.Score,
            Evidence = options.Explain ? Explain(found, question, packed) : [],
        };
    }

    private List<Evidence> Explain(in Found found, Question question, PackedIndex packed)
    {
        var all = new List<Evidence>();
        if (found.AskedName >= 0)
        {
            var tokens = packed.TokensOf(found.ListedName);
            _alignment.Align(packed, _asked, _asked.Name(found.AskedName), tokens, _maps[found.Index]);
            all.Add(NameLadder.Write(packed, _asked, _asked.Name(found.AskedName), found.ListedName, _alignment, packed.KindOf(found.Place), found.NameScore));
        }
        FieldJudge.Explain(question, packed.FieldsOf(found.Place), found.NameScore, all);
        return all;
    }
}
