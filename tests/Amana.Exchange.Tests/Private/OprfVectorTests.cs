using System.Text.Json;
using Amana.Exchange.Private;
using Amana.Tests;

namespace Amana.Exchange.Tests.Private;

public class OprfVectorTests
{
    [Fact]
    public void The_vectors_of_RFC_9497_come_out_byte_for_byte()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf("vectors", "oprf", "rfc9497-vectors.json")));
        var set = json.RootElement.EnumerateArray().Single(s => s.GetProperty("identifier").GetString() == "ristretto255-SHA512" && s.GetProperty("mode").GetInt32() == 1);
        var key = BlindKey.Of(Bytes(set.GetProperty("seed")), Bytes(set.GetProperty("keyInfo")));
        Convert.ToHexStringLower(key.Scalar).ShouldBe(set.GetProperty("skSm").GetString());
        Convert.ToHexStringLower(key.PublicKey).ShouldBe(set.GetProperty("pkSm").GetString());
        int batches = 0;
        foreach (var vector in set.GetProperty("vectors").EnumerateArray())
        {
            var questions = Several(vector, "Input").Zip(Several(vector, "Blind"), (value, blind) => BlindQuestion.About(value, blind)).ToList();
            questions.ConvertAll(q => q.Element).ShouldBe(Several(vector, "BlindedElement"));
            var proof = vector.GetProperty("Proof");
            var answer = key.Evaluate(questions.ConvertAll(q => q.Element), Bytes(proof.GetProperty("r")))!;
            answer.Elements.ShouldBe(Several(vector, "EvaluationElement"));
            answer.Proof.ShouldBe(Bytes(proof.GetProperty("proof")));
            answer.IsOf(key.PublicKey, questions.ConvertAll(q => q.Element)).ShouldBeTrue();
            questions.Select((q, i) => q.Finish(answer.Elements[i])!).ShouldBe(Several(vector, "Output"));
            Several(vector, "Input").ConvertAll(v => key.OutputOf(v)).ShouldBe(Several(vector, "Output"));
            batches++;
        }

        batches.ShouldBe(3);
    }

    [Fact]
    public void The_same_value_is_asked_about_differently_each_time_and_answered_the_same()
    {
        var key = BlindKey.Of(new byte[32], "test"u8);
        var (one, other) = (BlindQuestion.About("AB123456"u8), BlindQuestion.About("AB123456"u8));
        one.Element.ShouldNotBe(other.Element);
        var answer = key.Evaluate([one.Element, other.Element])!;
        one.Finish(answer.Elements[0]).ShouldBe(other.Finish(answer.Elements[1]));
        one.Finish(answer.Elements[0]).ShouldNotBe(key.OutputOf("AB123457"u8));
        BlindKey.Of(new byte[32], "other use"u8).OutputOf("AB123456"u8).ShouldNotBe(key.OutputOf("AB123456"u8));
    }

    [Fact]
    public void An_answer_made_with_another_key_is_seen()
    {
        var (key, mark) = (BlindKey.Of(new byte[32], "all"u8), BlindKey.Of(new byte[32], "for this one alone"u8));
        byte[][] asked = [BlindQuestion.About("a"u8).Element, BlindQuestion.About("b"u8).Element];
        var good = key.Evaluate(asked)!;
        good.IsOf(key.PublicKey, asked).ShouldBeTrue();
        mark.Evaluate(asked)!.IsOf(key.PublicKey, asked).ShouldBeFalse();
        (good with { Elements = [good.Elements[0], mark.Evaluate([asked[1]])!.Elements[0]] }).IsOf(key.PublicKey, asked).ShouldBeFalse("one of the batch");
        (good with { Elements = [good.Elements[1], good.Elements[0]] }).IsOf(key.PublicKey, asked).ShouldBeFalse("exchanged");
        good.IsOf(key.PublicKey, [asked[1], asked[0]]).ShouldBeFalse();
        good.IsOf(mark.PublicKey, asked).ShouldBeFalse();
        (good with { Proof = [.. good.Proof.Select((b, i) => i == 40 ? (byte)(b ^ 1) : b)] }).IsOf(key.PublicKey, asked).ShouldBeFalse();
        (good with { Proof = [] }).IsOf(key.PublicKey, asked).ShouldBeFalse();
    }

    [Fact]
    public void What_is_no_element_of_the_group_gets_no_answer()
    {
        var key = BlindKey.Of(new byte[32], "test"u8);
        byte[] good = BlindQuestion.About("x"u8).Element;
        key.Evaluate([new byte[32]]).ShouldBeNull("the neutral element would tell nothing and prove nothing");
        key.Evaluate([good, [.. Enumerable.Repeat((byte)0xFF, 32)]]).ShouldBeNull();
        key.Evaluate([new byte[31]]).ShouldBeNull();
        key.Evaluate([]).ShouldBeNull();
        key.Evaluate([.. Enumerable.Repeat(good, BlindAnswer.QuestionsMost + 1)]).ShouldBeNull();
        BlindQuestion.About("x"u8).Finish(new byte[32]).ShouldBeNull();
    }

    private static byte[] Bytes(JsonElement json) => Convert.FromHexString(json.GetString()!);

    private static List<byte[]> Several(JsonElement vector, string name) => [.. vector.GetProperty(name).GetString()!.Split(',').Select(Convert.FromHexString)];
}
