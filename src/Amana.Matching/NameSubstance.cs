using Amana.Matching.Scripts;

namespace Amana.Matching;

/// <summary>Whether a name has anything to compare: not only particles, titles and company forms.</summary>
public static class NameSubstance
{
    /// <summary>A word that keeps less of its weight than this says nothing by itself. Source: data/names.</summary>
    private const float OwnWeightFrom = 0.5f;

    /// <param name="name">At most <see cref="Question.NameCharsMax"/> chars are looked at; any script.</param>
    /// <returns>False for <c>de la</c>, <c>بن</c>, <c>Dr.</c>, <c>Ltd</c>, and for a name without a letter or digit.</returns>
    public static bool IsIn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new NameText();
        text.Read(name.Length > Question.NameCharsMax ? name[..Question.NameCharsMax] : name);
        for (int i = 0; i < text.Count; i++)
        {
            var word = text.Text(i);
            if (NameTables.ParticleWeight(word) >= OwnWeightFrom && NameTables.TitleWeight(word) >= OwnWeightFrom && NameTables.CompanyForm(word) == 0) return true;
        }
        return false;
    }
}
