using OvermindGui.Core.Control;
using OvermindGui.Core.Project;

namespace OvermindGui.EndToEnd.Support;

/// <summary>A server on a disk that can be filled: a tmpfs in a mount namespace of its own, which ends with it.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Mount = "mount -t tmpfs -o size=$1m tmpfs \"$2\"";
    private const string Serve = Mount + " && cp \"$2.procfile\" \"$2/Procfile\" && exec \"$3\" server \"$2\"";

    private readonly string _root;
    private readonly Started _server;

    private SmallDisk(string root, string[] apart, int megabytes)
    {
        _root = root;
        _server = new Started("unshare", [.. apart, "sh", "-c", Serve, "sh", $"{megabytes}", root, Published.Executable]);
    }

    public Uri Address { get; private set; } = null!;

    public int DaemonPid => DaemonLock.ReadPid(new ProjectFolder(Folder))!.Value;

    /// <summary>The daemon's log.</summary>
    public string Log => File.ReadAllText(Path.Combine(Folder, "native-daemon.log"));

    // As we see it: through the eyes of the server.
    private string Folder => $"/proc/{_server.Pid}/root{_root}";

    public static async Task<SmallDisk> StartAsync(int megabytes, params string[] procfile)
    {
        var root = Directory.CreateTempSubdirectory("overmind-gui-disk-").FullName;
        await File.WriteAllLinesAsync(root + ".procfile", procfile, TestContext.Current.CancellationToken);
        var disk = new SmallDisk(root, await ApartAsync(root), megabytes);
        try
        {
            disk.Address = await disk._server.Address;
            return disk;
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty file, which even a full disk has place for.</summary>
    public void Touch(string name) => File.Create(Path.Combine(Folder, name)).Dispose();

    public void Fill() => Fill(Path.Combine(Folder, "filler"));

    /// <summary>Writes a file until nothing more goes into it.</summary>
    public static void Fill(string file)
    {
        using var filler = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 4096])
        {
            try
            {
                while (true) filler.Write(new byte[size]);
            }
            catch (IOException)
            {
                // full, but for less than that
            }
        }
    }

    public void Free() => File.Delete(Path.Combine(Folder, "filler"));

    public async ValueTask DisposeAsync()
    {
        // By its PID: on a full disk nothing can be asked of it.
        if (DaemonLock.ReadPid(new ProjectFolder(Folder)) is { } daemon)
        {
            _ = Server.SendSignal(daemon, Server.Terminate);
            await Eventually.TrueAsync(() => !Server.IsAlive(daemon));
        }

        _server.Dispose();
        Directory.Delete(_root, recursive: true);
        File.Delete(_root + ".procfile");
    }

    // Root may mount; others may in a user namespace of their own, on most systems.
    private static async Task<string[]> ApartAsync(string root)
    {
        foreach (var apart in (string[][])[["--mount"], ["--mount", "--map-root-user"]])
        {
            var attempt = await Cli.RunAsync("unshare", root, [.. apart, "sh", "-c", Mount, "sh", "1", root]);
            if (attempt.ExitCode == 0) return apart;
        }

        throw new InvalidOperationException("A disk that can be filled takes the right to mount: run the tests as root, or with user namespaces");
    }
}
