using System.Text.Json;

namespace Amana.Server.Access.Pages;

/// <summary>The text keys of roles and rights: <c>role.second-officer</c>, <c>right.read-records</c>.</summary>
internal static class RoleText
{
    public static string Key(Role role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());

    public static Role? Find(string? word) => Enum.GetValues<Role>().Where(r => Key(r) == word).Select(r => (Role?)r).FirstOrDefault();
}
