using Amana.Vocabulary;

namespace Amana.Server.Foundation;

/// <summary>This server: where it keeps its state and what it is for. Set once at start.</summary>
public sealed record Instance
{
    /// <summary>Database, keys and files; nothing is kept elsewhere.</summary>
    public required string DataFolder { get; init; }
    /// <summary>Training: specimen data and people, said so on every page.</summary>
    public required bool IsTraining { get; init; }
    /// <summary>First address it listens on, without a slash at the end.</summary>
    public required string Address { get; init; }
    public BureauCode Bureau { get; init; } = BureauCode.Of("UTO");

    public string DatabaseFile => Path.Combine(DataFolder, "amana.db");

    /// <summary>A folder below the data folder, made when missing, readable by the owner only.</summary>
    public string Folder(string name)
    {
        string path = Path.Combine(DataFolder, name);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
