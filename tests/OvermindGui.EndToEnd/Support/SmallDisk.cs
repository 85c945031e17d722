using System.Diagnostics;
using OvermindGui.Core.Data;
using OvermindGui.Core.Processes;
using OvermindGui.Core.Projects;

namespace OvermindGui.EndToEnd.Support;

/// <summary>
/// A server on a disk that can be filled: a tmpfs in a mount namespace of its own, which ends with it. Where nobody may mount, the size of
/// its files is limited instead, which fails every write as well.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Mounted = "mount -t tmpfs -o size=$1m tmpfs \"$2\" && cp \"$2.procfile\" \"$2/Procfile\" && exec \"$3\" server \"$2\"";
    private const string Limited = "trap '' XFSZ; cp \"$2.procfile\" \"$2/Procfile\"; exec \"$3\" $4 \"$2\"";

    private readonly string _root;
    private readonly bool _isMounted;
    private readonly Started _server;
    private readonly Started? _daemon; // of its own where it is limited: .NET does not hand on that a signal is ignored

    private SmallDisk(string root, bool isMounted, int megabytes)
    {
        (_root, _isMounted) = (root, isMounted);
        string[] words = ["-c", isMounted ? Mounted : Limited, "sh", $"{megabytes}", root, Published.Executable];
        _daemon = isMounted ? null : new Started("sh", [.. words, "daemon"]);
        _server = isMounted ? new Started("unshare", ["--mount", "sh", .. words]) : new Started("sh", [.. words, "web"]);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The folder as we see it: through the eyes of the server.</summary>
    private string Folder => _isMounted ? $"/proc/{_server.Pid}/root{_root}" : _root;

    public int DaemonPid => DaemonLock.ReadPid(new ProjectFolder(Folder))!.Value;

    public int WebPid => _server.Pid;

    /// <summary>The daemon's log.</summary>
    public string Log => File.ReadAllText(Path.Combine(Folder, "native-daemon.log"));

    public static async Task<SmallDisk> StartAsync(int megabytes, params string[] procfile)
    {
        var root = Directory.CreateTempSubdirectory("overmind-gui-disk-").FullName;
        await File.WriteAllLinesAsync(root + ".procfile", procfile, TestContext.Current.CancellationToken);
        var disk = new SmallDisk(root, await MayMountAsync(root), megabytes);
        try
        {
            disk.Address = await disk._server.Address;
            if (disk._daemon is not null) await disk.WaitForDaemonAsync();
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

    public async Task FillAsync()
    {
        if (!_isMounted)
        {
            await LimitAsync("0");
            return;
        }

        await using var filler = new FileStream(Path.Combine(Folder, "filler"), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
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

    public async Task FreeAsync()
    {
        if (_isMounted) File.Delete(Path.Combine(Folder, "filler"));
        else await LimitAsync("unlimited");
    }

    public async ValueTask DisposeAsync()
    {
        // By its PID: on a full disk nothing can be asked of it.
        if (DaemonLock.ReadPid(new ProjectFolder(Folder)) is { } daemon)
        {
            _ = Server.SendSignal(daemon, Server.Terminate);
            while (Server.IsAlive(daemon)) await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }

        _server.Dispose();
        _daemon?.Dispose();
        Directory.Delete(_root, recursive: true);
        File.Delete(_root + ".procfile");
    }

    private async Task WaitForDaemonAsync()
    {
        var reader = new SystemReader(OvermindDatabase.ForClient(new ProjectFolder(_root)));
        while (reader.Read() is not { DaemonAlive: true, Processes.Count: > 0 } now || !now.Processes.All(p => p.State.IsUp()))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
    }

    // Of a daemon that runs, its soft limit alone, so that it can be taken back; and of the dashboard.
    private async Task LimitAsync(string size)
    {
        foreach (var pid in (int[])[DaemonPid, WebPid])
        {
            using var limit = Process.Start("prlimit", ["--pid", $"{pid}", $"--fsize={size}:"]);
            await limit.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, limit.ExitCode);
        }
    }

    private static async Task<bool> MayMountAsync(string root)
    {
        try
        {
            using var attempt = Process.Start(new ProcessStartInfo("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", root])
            {
                RedirectStandardError = true,
            })!;
            await attempt.WaitForExitAsync(TestContext.Current.CancellationToken);
            return attempt.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no unshare
        }
    }
}
