namespace OvermindGui.EndToEnd.Support;

/// <summary>
/// A tmpfs on a folder that can be filled, for tests that open the database in it themselves: SQLite resolves the links that lead into another
/// mount namespace, so that of <see cref="SmallDisk"/> is closed to it. Mounting takes root.
/// </summary>
internal sealed class MountedDisk : IAsyncDisposable
{
    private readonly string _folder;

    private MountedDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Null where mounting is not allowed.</summary>
    public static async Task<MountedDisk?> TryMountAsync(string folder, int megabytes)
    {
        var mount = await Cli.RunAsync("mount", Path.GetTempPath(), ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder]);
        return mount.ExitCode == 0 ? new MountedDisk(folder) : null;
    }

    /// <summary>Takes all the room there is.</summary>
    public void Fill() => SmallDisk.Fill(Filler);

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync() => await Cli.RunAsync("umount", Path.GetTempPath(), ["--lazy", _folder]);
}
