using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Private;
using Amana.Exchange.Requests;
using Amana.Vocabulary;

namespace Amana.Bench;

/// <summary>What the secrets of the exchange cost on one thread: letters, requests, blind questions.</summary>
internal static class ExchangeBench
{
    private const int Everybody = 196;
    private static readonly DateTimeOffset At = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    public static int Run(string[] args)
    {
        double seconds = args is ["--seconds", var given, ..] ? double.Parse(given, CultureInfo.InvariantCulture) : 3;
        using var signer = LetterSigner.Of("UTO#1", new byte[32]);
        OpeningKey[] all = [.. Enumerable.Range(0, Everybody).Select(i => OpeningKey.New($"{CodeOf(i)}#1"))];
        SealingKey[] keys = [.. all.Select(k => k.Public)];
        byte[] body = Encoding.UTF8.GetBytes($"{{\"text\":\"{new string('x', 2_000)}\"}}");
        Letter To(int count) => new(Guid.NewGuid(), BureauCode.Of("UTO"), [.. keys.Take(count).Select(k => BureauCode.Of(k.Name[..4]))], At, "message", body);

        Say("seal, 2 kB to one", seconds, () => Envelope.Seal(To(1), signer, keys[..1]));
        Say($"seal, 2 kB to {Everybody}", seconds, () => Envelope.Seal(To(Everybody), signer, keys));
        byte[] one = Envelope.Seal(To(1), signer, keys[..1]), many = Envelope.Seal(To(Everybody), signer, keys);
        Say("open, one recipient", seconds, () => Open(one, 0));
        Say($"open, {Everybody} recipients", seconds, () => Open(many, Everybody - 1));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bytes: to one {one.Length}, to {Everybody} {many.Length}"));

        using var requests = RequestSigner.Of(new byte[32], "UTO#1");
        var unsigned = Request(null);
        Say("request signed", seconds, () => requests.Sign(unsigned, At));
        var signed = Request(requests.Sign(unsigned, At));
        Say("request checked", seconds, () => RequestProof.Check(signed, _ => requests.PublicKey, At, out _) is ProofFault.None ? 0 : throw new InvalidOperationException("not believed"));

        var key = BlindKey.Of(new byte[32], "bench"u8);
        byte[] value = "UTO/L898902C3"u8.ToArray();
        var question = BlindQuestion.About(value);
        byte[][] asked = [question.Element];
        var answer = key.Evaluate(asked)!;
        byte[][] hundred = [.. Enumerable.Range(0, 100).Select(i => BlindQuestion.About(BitConverter.GetBytes(i)).Element)];
        Say("blind question asked", seconds, () => BlindQuestion.About(value));
        Say("blind question answered, with its proof", seconds, () => key.Evaluate(asked)!);
        Say("a hundred answered, with one proof", seconds, () => key.Evaluate(hundred)!);
        Say("proof of one checked", seconds, () => answer.IsOf(key.PublicKey, asked) ? 0 : throw new InvalidOperationException("not believed"));
        Say("blind answer opened", seconds, () => question.Finish(answer.Elements[0])!);
        Say("own value made ready", seconds, () => key.OutputOf(value));
        SealedLists(seconds);
        foreach (var opening in all) opening.Dispose();
        return 0;

        int Open(byte[] envelope, int who) =>
            Envelope.Open(envelope, BureauCode.Of(CodeOf(who)), [all[who]], (_, _) => signer.PublicKey, out _) is EnvelopeFault.None ? 0 : throw new InvalidOperationException("not opened");
    }

    // Ten million values of a bureau: their outputs are made once a day, on all processors (see "own value made ready"); here they are drawn.
    private static void SealedLists(double seconds)
    {
        const int Count = 10_000_000;
        var chance = new Random(1);
        var list = SealedList.Of(Enumerable.Range(0, Count).Select(_ => (ulong)chance.NextInt64(1L << SealedList.PrintBits)));
        var watch = Stopwatch.StartNew();
        byte[] coded = list.ToBytes();
        double written = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var read = SealedList.Read(coded) ?? throw new InvalidOperationException("not read");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sealed list of {read.Count}: {coded.Length / 1e6:0.0} MB, written in {written:0.0} s, read in {watch.Elapsed.TotalSeconds:0.0} s"));
        ulong print = 0;
        Say("looked up in it", seconds, () => read.Has(print = (print * 6364136223846793005) + 1442695040888963407 & ((1UL << SealedList.PrintBits) - 1)));
        var key = BlindKey.Of(new byte[32], "bench"u8);
        int number = 0;
        Say("one check from end to end: asked, answered, proof checked, opened, looked up", seconds, () =>
        {
            var question = BlindQuestion.About(BitConverter.GetBytes(number++));
            var answer = key.Evaluate([question.Element])!;
            return answer.IsOf(key.PublicKey, [question.Element]) && read.Has(question.Finish(answer.Elements[0])!);
        });
    }

    private static void Say<T>(string what, double seconds, Func<T> once)
    {
        for (int i = 0; i < 5; i++) once(); // warm
        var watch = Stopwatch.StartNew();
        long runs = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            once();
            runs++;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {runs / watch.Elapsed.TotalSeconds:0} a second, {watch.Elapsed.TotalMilliseconds / runs:0.000} ms"));
    }

    private static string CodeOf(int number) => $"Q{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}Z";

    private static RequestParts Request(SignatureHeaders? signed) => new("POST", "amana.quest.example", "/exchange/v1/envelopes", "?", name => name switch
    {
        "content-digest" => [ContentDigest.Of("{}"u8)],
        "signature-input" => signed is null ? [] : [signed.Input],
        "signature" => signed is null ? [] : [signed.Signature],
        _ => [],
    });
}
