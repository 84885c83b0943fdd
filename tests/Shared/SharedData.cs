namespace Amana.Tests;

/// <summary>Test vectors and lists that stand beside the checkout, in <c>shared/data</c>.</summary>
internal static class SharedData
{
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string PathOf(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine([folder.FullName, "shared", "data", .. parts]);
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException($"shared/data/{string.Join('/', parts)} does not stand beside the checkout.");
    }
}
