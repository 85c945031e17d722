using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>What the hub has beside lines follows its project.</summary>
public sealed class RecordTests(PostgresCluster postgres)
{
    private const string OldRun = "SELECT ended_at IS NULL FROM overmind.runs WHERE id = 1000";
    private const string OldCommand = "SELECT status FROM overmind.daemon_commands WHERE command = 'old'";

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // and the daemon that shipped them is another one
    public async Task What_is_open_is_followed_however_much_came_after_it(bool restarts)
    {
        var hub = await postgres.CreateHubAsync();
        var flags = new HubFlags { Address = postgres.Address(hub) };
        var first = await HubDaemon.StartAsync(flags, "web: exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.runs", "1"); // the next ids are the test's own
        Execute(first, $"INSERT INTO runs(id, process_id, daemon_id, pid, started_at, cause, restart_number) VALUES (1000, 1, 1, 1, 1, 'start', 0)");
        Execute(first, "INSERT INTO daemon_commands(command, process_name, timestamp, status) VALUES ('old', 'web', 1, 'pending')");
        Execute(first, """
            WITH RECURSIVE n(i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 1700)
            INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, cause, restart_number) SELECT i, 1, 1, 1, 1, 2, 'start', 0 FROM n
            """);
        Execute(first, """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
            INSERT INTO daemon_commands(command, process_name, timestamp, status, succeeded, outcome) SELECT 'later', 'web', 1, 'completed', 1, 'done' FROM n
            """);
        await postgres.WaitForAsync(hub, "SELECT max(id) FROM overmind.runs", "1700");
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.daemon_commands WHERE command = 'later'", "700");
        Assert.Equal(["True"], await postgres.QueryAsync(hub, OldRun));
        var now = first;
        if (restarts)
        {
            await first.StopAsync();
            now = await HubDaemon.StartAsync(flags, first.Folder);
            await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.daemons", "2");
        }

        Execute(now, "UPDATE runs SET ended_at = 5 WHERE id = 1000");
        Execute(now, "UPDATE daemon_commands SET status = 'completed', succeeded = 0, outcome = 'late' WHERE command = 'old'");
        await postgres.WaitForAsync(hub, OldRun, "False");
        await postgres.WaitForAsync(hub, OldCommand, "completed");
        if (restarts) await now.DisposeAsync();
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_attached_to_a_terminal_is_seen_in_the_hub()
    {
        var name = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(name) }, "web: exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT status FROM overmind.process_status", "running");
        Execute(daemon, "UPDATE process_status SET attached = 'page' || char(10) || 'alice (PID 7)'");
        await postgres.WaitForAsync(name, "SELECT attached FROM overmind.process_status", "page\nalice (PID 7)");
        await using var hub = new HubDatabase(postgres.Address(name));
        var hosts = await new HubCatalog(hub, TimeProvider.System).HostsAsync(TestContext.Current.CancellationToken);
        Assert.Equal("page, alice (PID 7)", hosts.Single().Projects.Single().Processes.Single().Attached);
        Execute(daemon, "UPDATE process_status SET attached = NULL");
        await postgres.WaitForAsync(name, "SELECT attached IS NULL FROM overmind.process_status", "True");
    }

    private static void Execute(HubDaemon daemon, string sql)
    {
        using var connection = daemon.Database.OpenConnection();
        connection.Execute(null, sql);
    }
}
