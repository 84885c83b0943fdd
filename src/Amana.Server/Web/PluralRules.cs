namespace Amana.Server.Web;

/// <summary>Which form of a sentence a number takes. Source: Unicode CLDR 47, cardinal plural rules, whole numbers.</summary>
public static class PluralRules
{
    /// <summary>The categories a message must have in this language, <c>other</c> last.</summary>
    public static IReadOnlyList<string> CategoriesOf(string language) => language switch
    {
        "ar" => ["zero", "one", "two", "few", "many", "other"],
        _ => ["one", "other"],
    };

    public static string CategoryOf(string language, long number)
    {
        long n = Math.Abs(number);
        return language switch
        {
            "ar" => Arabic(n),
            "fr" => n is 0 or 1 ? "one" : Millions(n),
            "es" => n is 1 ? "one" : Millions(n),
            _ => n is 1 ? "one" : "other",
        };
    }

    private static string Millions(long n) => n != 0 && n % 1_000_000 == 0 ? "many" : "other";

    private static string Arabic(long n) => n switch
    {
        0 => "zero",
        1 => "one",
        2 => "two",
        _ when n % 100 is >= 3 and <= 10 => "few",
        _ when n % 100 is >= 11 and <= 99 => "many",
        _ => "other",
    };
}
