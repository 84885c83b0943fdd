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
        var set = json.RootElement.EnumerateArray().Single(s => s.GetProperty("identifier").GetString() == "ristretto255-SHA512" && s.GetProperty("mode").GetInt32() == 0);
        var key = BlindKey.Of(Bytes(set, "seed"), Bytes(set, "keyInfo"));
        Convert.ToHexStringLower(key.Scalar).ShouldBe(set.GetProperty("skSm").GetString());
        int count = 0;
        foreach (var vector in set.GetProperty("vectors").EnumerateArray())
        {
            byte[] value = Bytes(vector, "Input");
            var question = BlindQuestion.About(value, Bytes(vector, "Blind"));
            Convert.ToHexStringLower(question.Element).ShouldBe(vector.GetProperty("BlindedElement").GetString());
            byte[] answer = key.Evaluate(question.Element)!;
            Convert.ToHexStringLower(answer).ShouldBe(vector.GetProperty("EvaluationElement").GetString());
            Convert.ToHexStringLower(question.Finish(answer)!).ShouldBe(vector.GetProperty("Output").GetString());
            Convert.ToHexStringLower(key.OutputOf(value)).ShouldBe(vector.GetProperty("Output").GetString());
            count++;
        }

        count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void The_same_value_is_asked_about_differently_each_time_and_answered_the_same()
    {
        var key = BlindKey.Of(new byte[32], "test"u8);
        var (one, other) = (BlindQuestion.About("AB123456"u8), BlindQuestion.About("AB123456"u8));
        one.Element.ShouldNotBe(other.Element);
        one.Finish(key.Evaluate(one.Element)!).ShouldBe(other.Finish(key.Evaluate(other.Element)!));
        one.Finish(key.Evaluate(one.Element)!).ShouldNotBe(key.OutputOf("AB123457"u8));
        BlindKey.Of(new byte[32], "other use"u8).OutputOf("AB123456"u8).ShouldNotBe(key.OutputOf("AB123456"u8));
    }

    [Fact]
    public void What_is_no_element_of_the_group_gets_no_answer()
    {
        var key = BlindKey.Of(new byte[32], "test"u8);
        key.Evaluate(new byte[32]).ShouldBeNull("the neutral element would tell nothing and prove nothing");
        key.Evaluate([.. Enumerable.Repeat((byte)0xFF, 32)]).ShouldBeNull();
        key.Evaluate(new byte[31]).ShouldBeNull();
        BlindQuestion.About("x"u8).Finish(new byte[32]).ShouldBeNull();
    }

    private static byte[] Bytes(JsonElement json, string name) => Convert.FromHexString(json.GetProperty(name).GetString()!);
}
