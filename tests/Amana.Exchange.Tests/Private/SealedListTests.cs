using System.Security.Cryptography;
using Amana.Exchange.Private;

namespace Amana.Exchange.Tests.Private;

public class SealedListTests
{
    private static ulong[] Some(int count, int seed)
    {
        var chance = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (ulong)chance.NextInt64(1L << SealedList.PrintBits))];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void All_that_is_in_it_is_found_before_and_after_the_way_and_nothing_else(int count)
    {
        ulong[] prints = Some(count, 1);
        var list = SealedList.Of(prints);
        byte[] coded = list.ToBytes();
        var read = SealedList.Read(coded).ShouldNotBeNull();
        read.Count.ShouldBe(list.Count);
        prints.ShouldAllBe(p => list.Has(p) && read.Has(p));
        Some(1_000, 2).Except(prints).ShouldAllBe(p => !read.Has(p));
        if (count >= 1_000) (coded.Length * 8.0 / count).ShouldBeLessThan(48 - Math.Log2(count) + 2.1, "bits a value");
    }

    [Fact]
    public void Prints_that_are_not_even_are_found_too()
    {
        ulong[] prints = [0, 1, 2, 3, (1UL << 48) - 1, 5, 5, 5];
        var list = SealedList.Read(SealedList.Of(prints).ToBytes()).ShouldNotBeNull();
        list.Count.ShouldBe(6);
        prints.ShouldAllBe(p => list.Has(p));
        list.Has(4).ShouldBeFalse();
        list.Has(1UL << 47).ShouldBeFalse();
        list.Without(new HashSet<ulong> { 3 }).Has(3).ShouldBeFalse();
    }

    [Fact]
    public void Damaged_bytes_are_no_list_or_another_and_nothing_is_thrown()
    {
        byte[] good = SealedList.Of(Some(500, 3)).ToBytes();
        var chance = new Random(4);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bad = [.. good];
            bad[chance.Next(bad.Length)] = (byte)chance.Next(256);
            SealedList.Read(bad.AsSpan(0, chance.Next(3) == 0 ? chance.Next(bad.Length) : bad.Length));
        }

        SealedList.Read([]).ShouldBeNull();
        SealedList.Read(good.AsSpan(0, good.Length - 1)).ShouldBeNull();
        SealedList.Read([.. good, 0]).ShouldBeNull();
        byte[] huge = [.. good];
        huge[2] = 0x7F;
        SealedList.Read(huge).ShouldBeNull("no memory is taken for what is not there");
    }

    [Fact]
    public void A_question_is_answered_with_a_list_of_outputs()
    {
        var key = BlindKey.Of(RandomNumberGenerator.GetBytes(32), "list"u8);
        var list = SealedList.Of(Enumerable.Range(0, 50).Select(i => SealedList.PrintOf(key.OutputOf(BitConverter.GetBytes(i)))));
        bool Ask(int value)
        {
            var question = BlindQuestion.About(BitConverter.GetBytes(value));
            return list.Has(question.Finish(key.Evaluate([question.Element])!.Elements[0])!);
        }

        Ask(7).ShouldBeTrue();
        Ask(51).ShouldBeFalse();
    }
}
