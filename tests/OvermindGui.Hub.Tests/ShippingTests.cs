using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>What a daemon has, the hub gets.</summary>
public sealed class ShippingTests(PostgresCluster postgres)
{
    private const string AllLines = "SELECT id || '|' || text FROM overmind.lines ORDER BY id";

    [Fact]
    public async Task Lines_states_runs_and_commands_reach_the_hub()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub), Host = "alpha" }, "web: echo hello; exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT text FROM overmind.lines WHERE stream = 0 OR text = 'hello'", "hello");
        await postgres.WaitForAsync(hub, "SELECT process_name, status FROM overmind.process_status", "web,running");
        await postgres.WaitForAsync(hub, "SELECT host, name FROM overmind.projects", $"alpha,{daemon.Folder.Name}");

        Assert.True((await daemon.SendAsync(CommandKind.Stop, "web")).Succeeded);
        await postgres.WaitForAsync(hub, "SELECT status FROM overmind.process_status", "stopped");
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.runs WHERE ended_at IS NOT NULL", "1");
        await postgres.WaitForAsync(hub, "SELECT command, process_name, succeeded FROM overmind.daemon_commands", "stop,web,True");
        await daemon.WaitForShippingAsync(s => s.Ships && s.Behind == 0);
        await daemon.StopAsync();
        Assert.Equal(daemon.Lines(), await postgres.QueryAsync(hub, AllLines));
        Assert.Equal(["1"], await postgres.QueryAsync(hub, "SELECT count(*) FROM overmind.cursors WHERE holder IS NULL"));
        Assert.Equal(["1"], await postgres.QueryAsync(hub, "SELECT count(*) FROM overmind.daemons WHERE ended_at IS NOT NULL"));
    }
}
