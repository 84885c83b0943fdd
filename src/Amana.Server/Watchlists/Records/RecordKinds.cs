namespace Amana.Server.Watchlists;

/// <summary>The word for a schema in addresses: <c>/records/persons/…</c>.</summary>
public static class RecordKinds
{
    /// <param name="schema">A FollowTheMoney schema.</param>
    public static string Of(string schema) => schema switch
    {
        "Person" => "persons",
        "Vessel" => "vessels",
        "Airplane" => "aircraft",
        "Vehicle" => "vehicles",
        "Organization" or "Company" or "LegalEntity" or "PublicBody" or "Asset" => "organisations",
        _ => "others",
    };

    /// <summary>All words, in the order of menus.</summary>
    public static IReadOnlyList<string> All { get; } = ["persons", "organisations", "vessels", "aircraft", "vehicles", "others"];
}
