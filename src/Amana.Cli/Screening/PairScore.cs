using Amana.Matching;

namespace Amana.Cli.Screening;

/// <summary>Two names compared with each other, without a list around them.</summary>
internal sealed record PairScore(double Score, IReadOnlyList<Evidence> Evidence)
{
    public static PairScore Of(string asked, string listed, SubjectKind kind)
    {
        var pair = Matcher.Compare(new Question { Names = [asked], Kind = kind }, new Subject { Id = "listed", Kind = kind, Names = [new SubjectName(listed)] });
        return new PairScore(pair.Score, pair.Evidence);
    }
}
