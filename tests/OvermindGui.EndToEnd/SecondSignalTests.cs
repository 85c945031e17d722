using System.Diagnostics;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Ctrl+C or SIGTERM again, while processes that do not heed the first one have a minute to end.</summary>
public class SecondSignalTests
{
    private const int Timeout = 120_000;
    private const string Deaf = "deaf: trap '' TERM INT; echo up; while :; do sleep 1; done";

    // Less than the stop timeout, and more than a loaded machine needs.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    // What follows within an instant is taken for an echo of the first.
    private static readonly TimeSpan ByHand = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = Timeout)]
    [InlineData(Server.Interrupt, Server.Interrupt)]
    [InlineData(Server.Terminate, Server.Terminate)]
    [InlineData(Server.Interrupt, Server.Terminate)]
    public async Task A_second_signal_at_the_daemon_kills_what_has_not_ended(int first, int second)
    {
        using var folder = new TestFolder(Deaf);
        using var daemon = new Started(Published.Executable, "daemon", folder.Folder.Root, "-t", "60");
        var deaf = await UpAsync(folder);

        _ = Server.SendSignal(daemon.Pid, first);
        await StateAsync(folder, ProcessState.Stopping);
        var asked = Stopwatch.StartNew();
        await Task.Delay(ByHand, Cancellation);
        _ = Server.SendSignal(daemon.Pid, second);
        await Server.WaitForDeathAsync([daemon.Pid]);

        Assert.InRange(asked.Elapsed, TimeSpan.Zero, Soon);
        Assert.False(Server.IsAlive(deaf));
        Assert.Equal("Stopped (killed by SIGKILL (9))", Lines(folder, "deaf")[^1]);
        Assert.Contains("Asked to end a second time: what still runs is killed", Lines(folder, "system"));
        Assert.Equal("Daemon ended", Lines(folder, "system")[^1]);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("--overmind")]
    public async Task A_second_Ctrl_C_at_the_server_kills_what_has_not_ended(string mode)
    {
        using var folder = new TestFolder(Deaf);
        await using var server = await Server.StartAsync(folder.Folder, mode.Length > 0 ? ["-t", "60", mode] : ["-t", "60"]);
        int?[] pids = [await UpAsync(folder), server.Snapshot().DaemonPid];

        server.Signal(Server.Interrupt);
        await StateAsync(folder, ProcessState.Stopping);
        var asked = Stopwatch.StartNew();
        await Task.Delay(ByHand, Cancellation);
        server.Signal(Server.Interrupt);
        await server.WaitForExitAsync();

        Assert.InRange(asked.Elapsed, TimeSpan.Zero, Soon);
        await Server.WaitForDeathAsync(pids);
        Assert.Equal(0, server.ExitCode);
        Assert.Contains("Killing the processes that have not ended yet", server.Output, StringComparison.Ordinal);
        Assert.Contains("All processes and the daemon have ended", server.Output, StringComparison.Ordinal);
    }

    private static async Task<int> UpAsync(TestFolder folder)
    {
        await Eventually.TrueAsync(() => OvermindDatabase.In(folder.Folder).IsReady() && Lines(folder, "deaf").Contains("up"));
        return Assert.Single(DetachedDaemon.Pids(folder.Folder))!.Value;
    }

    private static async Task StateAsync(TestFolder folder, ProcessState state)
    {
        var reader = new SystemReader(OvermindDatabase.In(folder.Folder));
        await Eventually.TrueAsync(() => Assert.Single(reader.Read().Processes).State == state);
    }

    private static List<string> Lines(TestFolder folder, string process)
    {
        using var connection = OvermindDatabase.In(folder.Folder).OpenConnection();
        return connection.Query(
            "SELECT l.text FROM lines l JOIN processes p ON p.id = l.process_id WHERE p.name = $1 ORDER BY l.id", row => row.GetString(0), process);
    }
}
