using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Faults;

/// <summary>Another program, such as a shell of sqlite3 with an open transaction, holds the database for half a minute.</summary>
public class LockedDatabaseTests
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(30);

    [Fact(Timeout = 180_000)]
    public async Task Half_a_minute_of_a_lock_loses_no_line_is_reported_and_passes()
    {
        await using var daemon = await TestDaemon.StartAsync(
            "web: i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done", "quiet: exec sleep 1000");
        await daemon.WaitForLineAsync("web", "10");
        var pids = (daemon.Info("web").Pid, daemon.Info("quiet").Pid);
        await using (var other = daemon.Database.OpenConnection())
        await using (other.BeginTransaction())
        {
            var end = Task.Delay(Held, TestContext.Current.CancellationToken); // longer than SQLite itself waits
            await Eventually.TrueAsync(() => new SystemReader(daemon.Database).Read().StorageTrouble is not null);
            await end;
        }

        await daemon.UntilAsync(() => new StorageFaultFile(daemon.Folder).Read() is null);
        Assert.Equal(pids, (daemon.Info("web").Pid, daemon.Info("quiet").Pid));
        Assert.Equal(new CommandOutcome(true, "Stopped web"), await daemon.SendAsync(CommandKind.Stop, "web"));
        var texts = daemon.Output("web").Select(l => l.Text).ToList();
        Assert.Equal(Enumerable.Range(1, texts.Count).Select(n => $"{n}"), texts);
        TestContext.Current.TestOutputHelper?.WriteLine($"locked for {Held.TotalSeconds} s: {texts.Count} lines, 0 lost");
    }
}
