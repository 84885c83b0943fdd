using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Envelopes;

public sealed class LetterReceiptTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private static readonly BureauCode Writer = BureauCode.Of("UTO"), Reader = BureauCode.Of("QST");
    private readonly LetterSigner _signer = LetterSigner.Of("QST#s1", [.. Enumerable.Repeat((byte)1, 32)]), _other = LetterSigner.Of("MAL#s1", [.. Enumerable.Repeat((byte)2, 32)]);

    public void Dispose()
    {
        _signer.Dispose();
        _other.Dispose();
    }

    private byte[]? Known(string name, DateTimeOffset at) => at < At.AddYears(-1) ? null : name == _signer.Name ? _signer.PublicKey : name == _other.Name ? _other.PublicKey : null;

    [Theory]
    [InlineData(LetterStep.Stored)]
    [InlineData(LetterStep.Read)]
    [InlineData(LetterStep.Acted)]
    public void What_was_signed_is_read(LetterStep step)
    {
        var receipt = new LetterReceipt(Guid.NewGuid(), Writer, Reader, step, At);
        LetterReceipt.Read(receipt.Sign(_signer), Known).ShouldBe(receipt);
    }

    [Fact]
    public void Nobody_signs_for_another_bureau_and_nothing_else_is_a_receipt()
    {
        var receipt = new LetterReceipt(Guid.NewGuid(), Writer, Reader, LetterStep.Stored, At);
        LetterReceipt.Read(receipt.Sign(_other), Known).ShouldBeNull();
        LetterReceipt.Read((receipt with { At = At.AddYears(-2) }).Sign(_signer), Known).ShouldBeNull("the key was not good then");
        string good = receipt.Sign(_signer);
        for (int i = 0; i < good.Length; i++)
        {
            string altered = good[..i] + (good[i] == 'A' ? 'B' : 'A') + good[(i + 1)..];
            var read = LetterReceipt.Read(altered, Known);
            read.ShouldBeNull($"altered at {i}");
        }

        foreach (string? broken in (string?[])[null, "", "a.b.c", new string('a', 5000)]) LetterReceipt.Read(broken, Known).ShouldBeNull();
        string letter = SignedLetter.Sign(new(Guid.NewGuid(), Reader, [Writer], At, "message", "{}"u8.ToArray()), _signer);
        LetterReceipt.Read(letter, Known).ShouldBeNull("a letter is no receipt");
    }
}
