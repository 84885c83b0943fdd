using System.Runtime.InteropServices;

namespace Amana.Server.Keys;

/// <summary>Small files that only their owner may read, written whole or not at all.</summary>
internal static class SecretFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Fails with an <see cref="IOException"/> when the file is there already: two processes never make the same key.</summary>
    public static void Create(string file, string text)
    {
        string aside = Aside(file, text);
        try
        {
            // File.Move looks first and then renames, so that of two the second would replace the first one's key; a link is there or not.
            if (OperatingSystem.IsWindows()) File.Move(aside, file, overwrite: false);
            else if (Link(PathOf(aside), PathOf(file)) != 0) throw new IOException($"{file} is there already, or cannot be made (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            File.Delete(aside);
        }
    }

    public static void Replace(string file, string text) => File.Move(Aside(file, text), file, overwrite: true);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] from, byte[] to);

    private static byte[] PathOf(string file) => [.. System.Text.Encoding.UTF8.GetBytes(file), 0];

    private static string Aside(string file, string text)
    {
        string aside = $"{file}.{Path.GetRandomFileName()}.new"; // two that begin at once, in one process or two, write apart
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(aside, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        return aside;
    }
}
