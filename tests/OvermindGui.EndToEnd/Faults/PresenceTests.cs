using System.Diagnostics;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>The daemon's files and folder are removed, replaced or moved under it.</summary>
public sealed class PresenceTests
{
    private const int Timeout = 120_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task Pid_file_and_socket_that_are_deleted_are_there_again_and_no_second_daemon_starts()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        var pids = DetachedDaemon.Pids(folder.Folder).ToList();

        File.Delete(folder.Folder.PidFile);
        File.Delete(folder.Folder.Socket);
        var missing = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => DaemonLock.IsHeld(folder.Folder) && File.Exists(folder.Folder.Socket));
        Figures.Print($"PID file and socket deleted: there again after {missing.Elapsed.TotalSeconds:F1} s");

        Assert.Contains("already running", (await Cli.RunAsync(folder.Folder.Root, "daemon")).Errors, StringComparison.Ordinal);
        Assert.Equal(pids, DetachedDaemon.Pids(folder.Folder));
        Assert.Equal(new CliResult(0, "Stopped web\n", ""), await Cli.RunAsync(folder.Folder.Root, "stop", "web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_folder_that_is_deleted_and_made_again_has_its_daemon_again()
    {
        using var folder = new TestFolder("web: exec sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        var web = Assert.Single(DetachedDaemon.Pids(folder.Folder))!.Value;

        Directory.Delete(folder.Folder.Root, recursive: true);
        Directory.CreateDirectory(folder.Folder.Root);
        await File.WriteAllTextAsync(folder.Folder.Procfile, "web: exec sleep 1000\n", Cancellation);
        await Eventually.TrueAsync(() => DaemonLock.IsHeld(folder.Folder) && File.Exists(folder.Folder.Socket));

        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "quit")).ExitCode);
        Assert.False(Server.IsAlive(web));
        Assert.False(DaemonLock.IsHeld(folder.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_whose_folder_is_gone_ends_with_its_processes()
    {
        using var folder = new TestFolder("web: exec sleep 1000");
        await DetachedDaemon.StartAsync(folder.Folder);
        var web = Assert.Single(DetachedDaemon.Pids(folder.Folder))!.Value;
        var daemon = await RunningDaemon.FindAsync(folder.Folder, Cancellation);

        Directory.Delete(folder.Folder.Root, recursive: true);

        Assert.True(await daemon!.WaitForEndAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Cancellation));
        await Server.WaitForDeathAsync([web]);
        Directory.CreateDirectory(folder.Folder.Root); // for the test's own end
    }

    [Fact(Timeout = Timeout)]
    public async Task A_folder_that_is_moved_keeps_its_daemon_processes_output_and_commands()
    {
        using var folder = new TestFolder("web: i=0; while :; do i=$((i+1)); echo $i; sleep 0.05; done");
        using var elsewhere = new TestFolder();
        var moved = new ProjectFolder(Path.Combine(elsewhere.Folder.Root, "moved"));
        await DetachedDaemon.StartAsync(folder.Folder);
        var pids = DetachedDaemon.Pids(folder.Folder).ToList();

        Directory.Move(folder.Folder.Root, moved.Root);
        await using var daemon = DetachedDaemon.Of(moved);
        Directory.CreateDirectory(folder.Folder.Root); // for the test's own end

        Assert.Contains("daemon is running", (await Cli.RunAsync(moved.Root, "status")).Output, StringComparison.Ordinal);
        Assert.Equal(pids, DetachedDaemon.Pids(moved));
        var before = await LastLineAsync(moved);
        await Eventually.TrueAsync(async () => await LastLineAsync(moved) >= before + 60);
        Assert.Equal(new CliResult(0, "Stopped web\n", ""), await Cli.RunAsync(moved.Root, "stop", "web"));
        var numbers = (await Cli.RunAsync(moved.Root, "logs", "-n", "100000", "--json", "web")).Output.Split('\n')
            .Select(line => System.Text.RegularExpressions.Regex.Match(line, "\"text\":\"([0-9]+)\"")).Where(m => m.Success)
            .Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        Assert.False(File.Exists(folder.Folder.PidFile));
    }

    [Fact(Timeout = Timeout)]
    public async Task Ctrl_C_ends_what_server_started_though_its_folder_is_gone()
    {
        using var folder = new TestFolder("web: exec sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await server.WaitForAsync("web", p => p.Pid is not null);
        var web = server.Pids()["web"]!.Value;

        Directory.Delete(folder.Folder.Root, recursive: true);
        server.Signal(Server.Interrupt);

        await server.WaitForExitAsync();
        await Server.WaitForDeathAsync([web]);
        await Eventually.TrueAsync(() => !Started.PidsNaming(folder.Folder.Root).Any());
        Directory.CreateDirectory(folder.Folder.Root); // for the test's own end
    }

    private static async Task<int> LastLineAsync(ProjectFolder folder)
    {
        var lines = (await Cli.RunAsync(folder.Root, "logs", "-n", "1", "web")).Output;
        var match = System.Text.RegularExpressions.Regex.Match(lines, "([0-9]+)\\s*$");
        return match.Success ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }
}
