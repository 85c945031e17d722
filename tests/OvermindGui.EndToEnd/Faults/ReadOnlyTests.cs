using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>A database that may be read and not written.</summary>
public class ReadOnlyTests
{
    // Bytes 18 and 19 of the file: the versions of the format that a writer and a reader must know. SQLite knows 1 and 2.
    private const int WriteVersion = 18;

    [Fact(Timeout = 120_000)]
    public async Task A_daemon_on_a_read_only_database_says_what_is_to_be_done_and_the_history_stays_readable()
    {
        using var folder = new TestFolder("web: echo of before; exec sleep 1000");
        await using (await DetachedDaemon.StartAsync(folder.Folder))
        {
            await using var logs = new FollowedLogs(folder.Folder, "web");
            await logs.UntilAsync("of before");
        }

        MakeReadOnly(folder.Folder);

        var start = await Cli.RunAsync(folder.Folder.Root, "daemon", "--detach");
        Assert.Equal(1, start.ExitCode);
        Assert.Contains($"{folder.Folder.Database} cannot be written", start.Errors, StringComparison.Ordinal);
        Assert.Contains("look at the free space of the disk, its permissions", start.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", start.Errors, StringComparison.Ordinal);
        Assert.False(DaemonLock.IsHeld(folder.Folder));

        await using var server = await Server.StartDashboardAsync(folder.Folder);
        using var api = new ApiClient(server);
        var (_, cleared) = await api.PostAsync("/api/output/clear");
        Assert.Contains("cannot be used now", cleared.GetProperty("error").GetString(), StringComparison.Ordinal);
        var (_, output) = await api.GetAsync("/api/output?process=web");
        Assert.Contains("of before", output.ToString(), StringComparison.Ordinal);
    }

    // Permissions do not stop tests that run as root.
    private static void MakeReadOnly(ProjectFolder folder)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        using var file = new FileStream(folder.Database, FileMode.Open, FileAccess.Write);
        file.Position = WriteVersion;
        file.WriteByte(3);
    }
}
