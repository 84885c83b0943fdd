using Amana.Server.Screening;

namespace Amana.Server.Tests.Screening;

public class ReferenceTests
{
    [Fact]
    public void A_hit_is_called_by_year_and_five_digits() => Reference.Of(Reference.OfHit, 2026, 8812).ShouldBe("HIT-26-08812");

    [Fact]
    public void A_batch_is_called_by_year_and_four_digits() => Reference.Of(Reference.OfBatch, 2026, 87).ShouldBe("BAT-26-0087");

    [Theory]
    [InlineData("HIT-26-08812")]
    [InlineData("hit-26-08812")]
    [InlineData(" HIT-26-8812 ")]
    [InlineData("HIT-٢٦-٠٨٨١٢")]
    public void A_reference_is_read_in_small_letters_and_with_digits_of_other_scripts(string typed)
    {
        Reference.TryRead(Reference.OfHit, typed, out string? reference).ShouldBeTrue();
        reference.ShouldBe("HIT-26-08812");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("BAT-26-0087")]
    [InlineData("HIT-2026-08812")]
    [InlineData("HIT-26-0")]
    [InlineData("HIT-26--1")]
    [InlineData("HIT-26-99999999999999999999")]
    [InlineData("HIT-26-08812; drop table hits")]
    public void Other_text_is_no_reference(string? typed) => Reference.TryRead(Reference.OfHit, typed, out _).ShouldBeFalse();
}
