using System.Diagnostics;
using System.Globalization;

namespace Amana.Faults;

/// <summary>A small disk in memory that can be filled to the last block. Linux, root.</summary>
internal static class SmallDisk
{
    /// <returns>Its folder; null where this account cannot mount one.</returns>
    public static async Task<string?> MountAsync(int megabytes)
    {
        string disk = Directory.CreateTempSubdirectory("amana-disk-").FullName;
        if (OperatingSystem.IsLinux() && await ShellAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", disk) == 0) return disk;
        Directory.Delete(disk);
        return null;
    }

    public static async Task UnmountAsync(string disk)
    {
        await ShellAsync("umount", "-l", disk);
        Directory.Delete(disk);
    }

    /// <param name="leave">Bytes that stay free.</param>
    public static void Fill(string disk, string file, long leave)
    {
        long free = new DriveInfo(disk).AvailableFreeSpace;
        using var stream = new FileStream(file, FileMode.Create);
        byte[] block = new byte[64 * 1024];
        try
        {
            for (long left = free - leave; left > 0; left -= block.Length) stream.Write(block, 0, (int)Math.Min(block.Length, left));
            stream.Flush();
        }
        catch (IOException)
        {
            // full, as was wished: the server may write meanwhile
        }
    }

    private static async Task<int> ShellAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
