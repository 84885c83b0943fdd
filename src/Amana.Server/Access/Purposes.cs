using Amana.Vocabulary;

namespace Amana.Server.Access;

/// <summary>The purposes for which personal data may be read, each with the rule that allows it.</summary>
internal static class Purposes
{
    public static IReadOnlyList<Purpose> All { get; } =
    [
        new() { Code = "border-check", ReviewAfterMonths = 1, Source = "Rules on the Processing of Data, article 10(2)(a)" },
    ];

    public static Purpose? Find(string code) => All.FirstOrDefault(p => p.Code == code);
}
