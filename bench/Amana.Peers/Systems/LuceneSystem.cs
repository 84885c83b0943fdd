using Amana.Matching;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Amana.Peers.Systems;

internal enum LuceneWay { Terms, Trigrams, Fuzzy }

/// <summary>Lucene.Net 4.8: a document a name, with its words and their phonetic keys; the best are scored anew by Jaro-Winkler.</summary>
internal sealed class LuceneSystem(LuceneWay way) : ISystem
{
    /// <summary>Documents that are scored anew.</summary>
    private const int Rescored = 200;
    private const int FuzzyLettersMin = 4, TwoEditsFrom = 8, ExpansionsMax = 50;
    private const float WordBoost = 3, SoundBoost = 1, TrigramBoost = 0.5f, FuzzyBoost = 1.5f;
    private const string Word = "w", Sound = "s", Trigram = "t", Kind = "k";

    private readonly IcuFolding _folding = new();
    private readonly RAMDirectory _directory = new();
    private readonly List<(int Subject, string[] Words)> _names = [];
    private readonly List<string> _ids = [];
    private DirectoryReader? _reader;
    private IndexSearcher? _searcher;

    public TimeSpan Spent => Environment.CpuUsage.TotalTime;

    public long Peak => ProcessMemory.Peak;

    public void Load(IEnumerable<Subject> subjects)
    {
        // This policy keeps documents in the order they came in, so a document's number is its name's.
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, null) { MergePolicy = new LogDocMergePolicy(), MergeScheduler = new SerialMergeScheduler() };
        using (var writer = new IndexWriter(_directory, config))
        {
            foreach (var subject in subjects)
            {
                foreach (var name in subject.Names)
                {
                    string[] words = _folding.Words(name.Text);
                    writer.AddDocument(DocumentOf(words, subject.Kind).Fields);
                    _names.Add((_ids.Count, words));
                }
                _ids.Add(subject.Id);
            }
            writer.ForceMerge(1);
        }
        _reader = DirectoryReader.Open(_directory);
        _searcher = new IndexSearcher(_reader);
    }

    private Document DocumentOf(string[] words, SubjectKind kind)
    {
        var document = new Document { new StringField(Kind, kind.ToString(), Field.Store.NO) };
        foreach (string word in words.Distinct())
        {
            document.Add(new StringField(Word, word, Field.Store.NO));
            document.Add(new StringField(Sound, Metaphone.Of(word), Field.Store.NO));
            if (way is LuceneWay.Trigrams)
                foreach (string trigram in TrigramsOf(word)) document.Add(new StringField(Trigram, trigram, Field.Store.NO));
        }
        return document;
    }

    private static IEnumerable<string> TrigramsOf(string word)
    {
        string padded = $"^{word}$";
        for (int i = 0; i + 3 <= padded.Length; i++) yield return padded[i..(i + 3)];
    }

    public IReadOnlyList<(string Id, double Score)> Ask(string name, SubjectKind kind)
    {
        string[] words = _folding.Words(name);
        if (words.Length == 0) return [];
        var best = new Dictionary<int, double>();
        foreach (var found in _searcher!.Search(QueryOf(words, kind), Rescored).ScoreDocs)
        {
            var (subject, listed) = _names[found.Doc];
            double score = JaroWinkler.OfNames(words, listed);
            if (score > best.GetValueOrDefault(subject)) best[subject] = score;
        }
        return [.. best.OrderByDescending(b => b.Value).ThenBy(b => b.Key).Take(10).Select(b => (_ids[b.Key], b.Value))];
    }

    private BooleanQuery QueryOf(string[] words, SubjectKind kind)
    {
        var any = new BooleanQuery();
        foreach (string word in words.Distinct().Take(32))
        {
            Add(any, new TermQuery(new Term(Word, word)), WordBoost);
            Add(any, new TermQuery(new Term(Sound, Metaphone.Of(word))), SoundBoost);
            if (way is LuceneWay.Trigrams)
                foreach (string trigram in TrigramsOf(word).Take(24)) Add(any, new TermQuery(new Term(Trigram, trigram)), TrigramBoost);
            if (way is LuceneWay.Fuzzy && word.Length >= FuzzyLettersMin)
                Add(any, new FuzzyQuery(new Term(Word, word), word.Length >= TwoEditsFrom ? 2 : 1, 0, ExpansionsMax, transpositions: true), FuzzyBoost);
        }
        if (kind is SubjectKind.Any) return any;
        return new BooleanQuery
        {
            { any, Occur.MUST },
            { new ConstantScoreQuery(new TermQuery(new Term(Kind, kind.ToString()))) { Boost = 0 }, Occur.MUST },
        };
    }

    private static void Add(BooleanQuery any, Query query, float boost)
    {
        query.Boost = boost;
        any.Add(query, Occur.SHOULD);
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _directory.Dispose();
        _folding.Dispose();
    }
}
