namespace Amana.Lists.Layouts;

/// <summary>What the remarks column says in its own little language: <c>DOB 01 Jan 1935; POB Panama City, Panama; …</c></summary>
internal static class OfacRemarks
{
    public static void Read(EntityDraft draft, string? remarks, bool person)
    {
        if (remarks is null) return;
        draft.Add("notes", remarks);
    }
}
