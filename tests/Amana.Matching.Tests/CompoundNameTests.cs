using Amana.Matching.Scripts;

namespace Amana.Matching.Tests;

/// <summary>Names that are written as one word or as several, in either direction and across scripts.</summary>
public class CompoundNameTests
{
    [Theory]
    [InlineData("abdurrahman", "abd", "rahman")]
    [InlineData("abdulkarim", "abd", "karim")]
    [InlineData("abdirashid", "abd", "rashid")]
    [InlineData("abdullah", "abd", "allah")]
    [InlineData("nureddin", "nur", "din")]
    [InlineData("asmatullah", "asmat", "allah")]
    [InlineData("alireza", "ali", "reza")]
    [InlineData("عبدالرحمن", "عبد", "رحمن")]
    [InlineData("نورالدين", "نور", "دين")]
    public void A_compound_is_two_names(string word, string first, string second)
    {
        Assert.True(Compounds.TrySplit(word, out var one, out var other));
        Assert.Equal((first, second), (one.ToString(), other.ToString()));
    }

    [Theory]
    [InlineData("abdon")]
    [InlineData("martin")]
    [InlineData("الله")]
    [InlineData("eriksson")]
    public void Other_words_are_one(string word) => Assert.False(Compounds.TrySplit(word, out _, out _));

    [Theory]
    [InlineData("Abdulrahman Karimi", "Abd al-Rahman Karimi")]
    [InlineData("Abdurrahman Karimi", "Abd ar-Rahman Karimi")]
    [InlineData("Nuruddin Karimi", "Nur al-Din Karimi")]
    [InlineData("Noureddine Karimi", "Nur Uddin Karimi")]
    [InlineData("Hibatullah Karimi", "Hibat Allah Karimi")]
    [InlineData("Alireza Karimi", "Ali Reza Karimi")]
    [InlineData("Abdullah Karimi", "عبد الله كريمي")]
    [InlineData("Abdul Basir Karimi", "عبد البصير كريمي")]
    [InlineData("Nuruddin Karimi", "نور الدين كريمي")]
    [InlineData("Asmatullah Karimi", "عصمت الله كريمي")]
    [InlineData("Ahmed al-Khatib", "أحمد الخطيب")]
    [InlineData("Ahmed Khatib", "أحمد الخطيب")]
    [InlineData("عبدالرحمن كريمي", "عبد الرحمن كريمي")]
    [InlineData("Нуриддин Каримов", "Nur al-Din Karimov")]
    public void A_compound_is_found_written_apart_and_the_other_way_round(string a, string b)
    {
        Assert.InRange(Score(a, b), 0.7, 1);
        Assert.InRange(Score(b, a), 0.7, 1);
    }

    [Theory]
    [InlineData("Abdulrahman Karimi", "Abd al-Karim Karimi")]
    [InlineData("Nuruddin Karimi", "Nur al-Huda Karimi")]
    [InlineData("Hibatullah Karimi", "Asmat Allah Karimi")]
    public void One_element_in_common_is_not_the_same_name(string a, string b) => Assert.InRange(Score(a, b), 0, 0.7);

    private static double Score(string asked, string listed) =>
        Matcher.Compare(new Question { Names = [asked] }, new Subject { Id = "1", Names = [new SubjectName(listed)] }).Score;
}
