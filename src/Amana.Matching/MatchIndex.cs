namespace Amana.Matching;

/// <summary>The subjects of one list version, packed for asking. Immutable; safe for any number of threads.</summary>
public sealed class MatchIndex : IDisposable
{
    private readonly Subject[] _subjects;

    private MatchIndex(Subject[] subjects) => _subjects = subjects;

    public int Count => _subjects.Length;

    /// <summary>Packs the subjects, read once and in order: a subject's place is its position in the stream.</summary>
    public static MatchIndex Build(IEnumerable<Subject> subjects, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        var all = new List<Subject>();
        foreach (var subject in subjects)
        {
            cancel.ThrowIfCancellationRequested();
            all.Add(subject);
        }
        return new MatchIndex([.. all]);
    }

    /// <summary>The subject's own id.</summary>
    public string IdOf(int place) => _subjects[place].Id;

    /// <summary>Best first; ties by place.</summary>
    public IReadOnlyList<Hit> Ask(Question question, AskOptions options)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        var hits = new List<Hit>();
        for (int place = 0; place < _subjects.Length; place++)
        {
            var subject = _subjects[place];
            bool same = subject.Names.Any(n => question.Names.Contains(n.Text, StringComparer.OrdinalIgnoreCase));
            if (!same || options.Admits?.Invoke(this, place) == false) continue;
            hits.Add(new Hit { Index = this, Place = place, SubjectId = subject.Id, Caption = subject.Names[0].Text, Score = 1 });
            if (hits.Count == options.Limit) break;
        }
        return hits;
    }

    public void Dispose() { }
}
