using System.Security.Cryptography;
using System.Text;
using Amana.Sealing.Logs;

namespace Amana.Sealing.Tests.Logs;

public class LoggedActTests
{
    private static readonly LoggedAct Act = new(new(2026, 11, 24, 3, 12, 45, 678, TimeSpan.Zero), "kQ7w", "hit.decided", SHA256.HashData("x"u8));

    [Fact]
    public void An_act_has_one_form() => Encoding.UTF8.GetString(Act.ToBytes()).ShouldBe(
        """{"at":"2026-11-24T03:12:45Z","who":"kQ7w","what":"hit.decided","commitment":"LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE="}""");

    [Fact]
    public void It_reads_back_and_in_no_other_form()
    {
        string text = Encoding.UTF8.GetString(Act.ToBytes());
        LoggedAct.TryParse(Act.ToBytes(), out var read).ShouldBeTrue();
        read!.ToBytes().ShouldBe(Act.ToBytes());
        foreach (string other in (string[])[text + " ", text.Replace(":", ": ", StringComparison.Ordinal), text.Replace("}", ",\"x\":1}", StringComparison.Ordinal), "[]", "7", "", text[..^3],
            text.Replace("\"kQ7w\"", "7", StringComparison.Ordinal), text.Replace("45Z", "45+00:00", StringComparison.Ordinal)])
        {
            LoggedAct.TryParse(Encoding.UTF8.GetBytes(other), out _).ShouldBeFalse(other);
        }
    }

    [Fact]
    public void A_commitment_depends_on_label_salt_and_content()
    {
        byte[] salt = ActCommitment.NewSalt(), other = ActCommitment.NewSalt();
        byte[] one = ActCommitment.Of("amana/act/v1", salt, "content"u8);
        ActCommitment.Of("amana/act/v1", salt, "content"u8).ShouldBe(one);
        ActCommitment.Of("amana/act/v1", other, "content"u8).ShouldNotBe(one);
        ActCommitment.Of("amana/content/v1", salt, "content"u8).ShouldNotBe(one);
        ActCommitment.Of("amana/act/v1", salt, "contend"u8).ShouldNotBe(one);
    }
}
