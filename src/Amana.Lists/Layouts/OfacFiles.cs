namespace Amana.Lists.Layouts;

internal enum OfacRole { Main, Alias, Address, Comment }

/// <summary>One main file and the files that add to it.</summary>
internal sealed record OfacFiles(ListFile Main, IReadOnlyList<(OfacRole Role, ListFile File)> Sides)
{
    /// <summary>Which file is what, by its name: <c>sdn</c>, <c>alt</c>, <c>add</c>, <c>sdn_comments</c>, <c>cons_prim</c>,
    /// <c>cons_alt</c>, <c>cons_add</c>, <c>cons_comments</c>, with any folder and ending. Null: none of them.</summary>
    public static (bool Consolidated, OfacRole Role)? RoleOf(string fileName)
    {
        string name = Path.GetFileName(fileName.Replace('\\', '/'));
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? name : name[..dot]).ToLowerInvariant() switch
        {
            "sdn" => (false, OfacRole.Main),
            "alt" or "sdn_alt" => (false, OfacRole.Alias),
            "add" or "sdn_add" => (false, OfacRole.Address),
            "sdn_comments" => (false, OfacRole.Comment),
            "cons_prim" => (true, OfacRole.Main),
            "cons_alt" => (true, OfacRole.Alias),
            "cons_add" => (true, OfacRole.Address),
            "cons_comments" => (true, OfacRole.Comment),
            _ => null,
        };
    }

    /// <exception cref="ListFileException">A file with no role, or side files without their main file.</exception>
    public static IReadOnlyList<OfacFiles> Of(IReadOnlyList<ListFile> files)
    {
        if (files.Count == 1 && RoleOf(files[0].Name) is null) return [new OfacFiles(files[0], [])]; // a main file under another name
        var roles = files.Select(f => (File: f, Role: RoleOf(f.Name) ?? throw NoRole(f.Name))).ToList();
        return [.. roles.GroupBy(r => r.Role.Consolidated).Select(g => Group([.. g.Select(r => (r.File, r.Role.Role))]))];
    }

    private static OfacFiles Group(List<(ListFile File, OfacRole Role)> files)
    {
        var mains = files.FindAll(f => f.Role is OfacRole.Main);
        if (mains.Count != 1)
            throw new ListFileException(ListCodes.NoMainFile,
                $"{mains.Count} main files among {string.Join(", ", files.Select(f => f.File.Name))}: one sdn or cons_prim file is needed.");
        return new OfacFiles(mains[0].File, [.. files.Where(f => f.Role is not OfacRole.Main).Select(f => (f.Role, f.File))]);
    }

    private static ListFileException NoRole(string name) => new(ListCodes.UnknownRole,
        $"What {name} is cannot be told from its name: sdn, alt, add, sdn_comments, cons_prim, cons_alt or cons_add.", name);
}
