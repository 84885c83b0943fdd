namespace Amana.Server.Access;

/// <summary>The invented people of a training instance, one a role.</summary>
internal static class SpecimenPeople
{
    public static IEnumerable<string> HowToSignIn(string address) { yield return address; }
}
