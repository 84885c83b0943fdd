using Amana.Exchange.Envelopes;
using Amana.Exchange.Handling;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Envelopes;

public sealed class WordsMarkTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 3, 12, 45, TimeSpan.Zero);
    private static readonly BureauCode Utopia = BureauCode.Of("UTO"), Questia = BureauCode.Of("QST"), Qimaria = BureauCode.Of("QMR");
    private static readonly ItemHandling Bound = ItemHandling.Of(Utopia, HandlingCodes.NotPassedOn, ["ask first"], SourceGrade.B, InformationGrade.Corroborated, ConfidentialityLevel.Restricted, Audience.Of([Questia], []), At.AddDays(30));
    private static readonly WordsMark Words = new(Guid.NewGuid(), Utopia, At, "He lives at the harbour. يسكن عند الميناء", Bound);
    private readonly LetterSigner _signer = LetterSigner.Of("UTO#s1", [.. Enumerable.Repeat((byte)1, 32)]), _other = LetterSigner.Of("MAL#s1", [.. Enumerable.Repeat((byte)2, 32)]);

    public void Dispose()
    {
        _signer.Dispose();
        _other.Dispose();
    }

    private byte[]? Known(string name, DateTimeOffset at) => at < At.AddYears(-1) ? null : name == _signer.Name ? _signer.PublicKey : name == _other.Name ? _other.PublicKey : null;

    [Fact]
    public void Words_under_their_handling_are_proven_whoever_shows_them()
    {
        string mark = Words.Sign(_signer);
        Words.Check(mark, Known).ShouldBe(MarkFinding.Fits);
        (Words with { At = At.AddMilliseconds(700) }).Check(mark, Known).ShouldBe(MarkFinding.Fits, "whole seconds");
        (Words with { Handling = Bound.ReleasedTo([Qimaria]) }).Check(mark, Known).ShouldBe(MarkFinding.Fits, "released to another since");
        mark.ShouldNotContain("harbour");
        System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(mark.Split('.')[1])).ShouldNotContain("harbour");
    }

    [Fact]
    public void Altered_words_and_looser_handling_are_found()
    {
        string mark = Words.Sign(_signer);
        foreach (var (what, shown) in (IEnumerable<(string, WordsMark)>)
        [
            ("words", Words with { Text = "He lives at the station." }), ("a space", Words with { Text = Words.Text + " " }), ("letter", Words with { Letter = Guid.NewGuid() }), ("when", Words with { At = At.AddSeconds(1) }), ("who", Words with { From = Questia }),
            ("without its code", Words with { Handling = ItemHandling.Of(Utopia, HandlingCodes.None, ["ask first"], SourceGrade.B, InformationGrade.Corroborated, ConfidentialityLevel.Restricted, Bound.Audience, Bound.Until) }),
            ("another condition", Words with { Handling = ItemHandling.Of(Utopia, HandlingCodes.NotPassedOn, ["ask later"], SourceGrade.B, InformationGrade.Corroborated, ConfidentialityLevel.Restricted, Bound.Audience, Bound.Until) }),
            ("surer than it was", Words with { Handling = ItemHandling.Of(Utopia, HandlingCodes.NotPassedOn, ["ask first"], SourceGrade.A, InformationGrade.Certain, ConfidentialityLevel.Restricted, Bound.Audience, Bound.Until) }),
            ("less confidential", Words with { Handling = ItemHandling.Of(Utopia, HandlingCodes.NotPassedOn, ["ask first"], SourceGrade.B, InformationGrade.Corroborated, ConfidentialityLevel.Official, Bound.Audience, Bound.Until) }),
            ("longer", Words with { Handling = ItemHandling.Of(Utopia, HandlingCodes.NotPassedOn, ["ask first"], SourceGrade.B, InformationGrade.Corroborated, ConfidentialityLevel.Restricted, Bound.Audience, Bound.Until!.Value.AddDays(1)) }),
        ]) shown.Check(mark, Known).ShouldBe(MarkFinding.Wrong, what);
    }

    [Fact]
    public void Nobody_marks_for_another_and_nothing_else_is_a_mark()
    {
        Words.Check(Words.Sign(_other), Known).ShouldBe(MarkFinding.Wrong, "by another bureau");
        string mark = Words.Sign(_signer);
        for (int i = 0; i < mark.Length; i++) Words.Check(mark[..i] + (mark[i] == 'A' ? 'B' : 'A') + mark[(i + 1)..], Known).ShouldNotBe(MarkFinding.Fits, $"altered at {i}");
        foreach (string broken in (string[])["", "a.b.c", new string('a', 100_000), new LetterReceipt(Words.Letter, Utopia, Utopia, LetterStep.Read, At).Sign(_signer)]) Words.Check(broken, Known).ShouldBe(MarkFinding.Wrong);
    }

    [Fact]
    public void Without_a_mark_or_with_a_key_that_nobody_believes_nothing_is_known()
    {
        Words.Check(null, Known).ShouldBe(MarkFinding.Unknown);
        Words.Check(Words.Sign(_signer), (_, _) => null).ShouldBe(MarkFinding.Unknown, "revoked, or not in the directory");
        var old = Words with { At = At.AddYears(-2) };
        old.Check(old.Sign(_signer), Known).ShouldBe(MarkFinding.Unknown, "not good then");
    }
}
