using Amana.Vocabulary;

namespace Amana.Server.Foundation;

/// <summary>This server: where it keeps its state, what it is for and whose it is.</summary>
public sealed class Instance
{
    /// <summary>Database, keys and files; nothing is kept elsewhere.</summary>
    public required string DataFolder { get; init; }

    /// <summary>First address it listens on, without a slash at the end. Known for certain once it listens.</summary>
    public string Address { get; internal set; } = "http://127.0.0.1:5080";

    public InstanceKind Kind { get; private set; }

    /// <summary><c>XXX</c> until the set-up has named the bureau.</summary>
    public BureauCode Bureau { get; private set; } = BureauCode.Of("XXX");

    public string BureauName { get; private set; } = "";

    /// <summary>Training: specimen data and people, said so on every page.</summary>
    public bool IsTraining => Kind is InstanceKind.Training;

    public bool IsSetUp => Kind is not InstanceKind.NotSetUp;

    public string DatabaseFile => Path.Combine(DataFolder, "amana.db");

    /// <summary>Folder of the saved indexes, which can always be made anew from the database.</summary>
    public const string IndexFolder = "lists";

    /// <summary>A folder below the data folder, made when missing, readable by the owner only.</summary>
    public string Folder(string name) => MakeFolder(Path.Combine(DataFolder, name));

    /// <summary>Makes the data folder itself, readable by the owner only.</summary>
    public void MakeDataFolder() => MakeFolder(DataFolder);

    internal void Become(BureauCode bureau, string name, InstanceKind kind) => (Bureau, BureauName, Kind) = (bureau, name, kind);

    private static string MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}

/// <summary>What an instance is for. Chosen once, at the set-up.</summary>
public enum InstanceKind
{
    /// <summary>New: answers nobody but the holder of the one-time link and of tokens made beside it.</summary>
    NotSetUp,
    /// <summary>Invented data, a strip on every page, specimen people; never real persons.</summary>
    Training,
    /// <summary>Real keys with a small circle of bureaus.</summary>
    Trial,
    /// <summary>In service.</summary>
    Service,
}
