using Amana.Server.Foundation;

namespace Amana.Server.Web;

/// <summary>The bureau's name for readers.</summary>
internal static class BureauText
{
    /// <summary>As the texts have it for bureaus they know, else as it was typed at the set-up; empty before that.</summary>
    public static string Of(Instance instance, Texts texts)
    {
        string key = $"bureau.{instance.Bureau}";
        return instance.IsSetUp && texts.Has(key) ? texts[key] : instance.BureauName;
    }
}
