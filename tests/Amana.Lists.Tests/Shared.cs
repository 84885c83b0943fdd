using System.Text;

namespace Amana.Lists.Tests;

/// <summary>The real lists beside the checkout, and made files in memory.</summary>
internal static class Shared
{
    public static ListFile RealFile(string path)
    {
        string full = Path.Combine(DataFolder(), path);
        return new ListFile(Path.GetFileName(path), () => File.OpenRead(full), new FileInfo(full).Length);
    }

    public static string DataFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data)) return data;
        }
        Assert.Skip("The folder shared/data with the published lists is not beside this checkout.");
        return "";
    }

    public static ListFile Made(string name, string content) => Made(name, Encoding.UTF8.GetBytes(content));

    public static ListFile Made(string name, byte[] content) => new(name, () => new MemoryStream(content), content.Length);

    public static (List<ListedEntity> Entities, List<RejectedRow> Rejected) ReadAll(
        string list, ListFormat? format, ColumnMapping? mapping, params ListFile[] files)
    {
        var rejected = new List<RejectedRow>();
        var reading = new ListReading { List = list, Files = files, Format = format, Mapping = mapping, Rejected = rejected.Add };
        return ([.. ListReader.Read(reading, CancellationToken.None)], rejected);
    }

    public static (List<ListedEntity> Entities, List<RejectedRow> Rejected) ReadAll(params ListFile[] files) =>
        ReadAll("test", null, null, files);

    /// <summary>Why the file as a whole was not taken.</summary>
    public static ListFileException Refusal(params ListFile[] files) => Should.Throw<ListFileException>(() => ReadAll(files));
}
