namespace Amana.Matching.Tests;

public class NameSubstanceTests
{
    [Theory]
    [InlineData("de la")]
    [InlineData("bin al")]
    [InlineData("بن")]
    [InlineData("Dr.")]
    [InlineData("Ltd")]
    [InlineData("")]
    [InlineData("...")]
    public void Particles_titles_and_company_forms_alone_are_nothing_to_compare(string name) => NameSubstance.IsIn(name).ShouldBeFalse();

    [Theory]
    [InlineData("Muestra de la Plantilla")]
    [InlineData("مثال بن")]
    [InlineData("样本")]
    [InlineData("X")]
    public void One_word_of_its_own_is_enough(string name) => NameSubstance.IsIn(name).ShouldBeTrue();
}
