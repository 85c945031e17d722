using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>Commands through the hub.</summary>
public sealed class ControlTests(PostgresCluster postgres)
{
    private const string Outcomes = "SELECT command, status, succeeded, outcome FROM overmind.commands ORDER BY id";

    [Fact]
    public async Task Commands_reach_the_daemon_they_are_addressed_to_and_name_the_user()
    {
        var hub = await postgres.CreateHubAsync();
        await postgres.CreateUserAsync(hub, "carol", "overmind_admin");
        await using var one = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub), Host = "one", Control = true }, "web: exec sleep 100");
        await using var two = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub), Host = "two", Control = true }, "web: exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.process_status WHERE status = 'running'", "2");

        await SendAsync(hub, "carol", "two", "restart", "web");
        await postgres.WaitForAsync(hub, "SELECT status, succeeded FROM overmind.commands", "completed,True");
        await postgres.WaitForAsync(
            hub, "SELECT p.host, r.started_by FROM overmind.runs r JOIN overmind.projects p ON p.id = r.project_id ORDER BY 1, r.id", "one,daemon", "two,daemon", "two,hub:carol");
        await postgres.WaitForAsync(hub, "SELECT p.host, c.requested_by FROM overmind.daemon_commands c JOIN overmind.projects p ON p.id = c.project_id", "two,hub:carol");
    }

    [Fact]
    public async Task Nothing_but_start_stop_restart_and_kill_is_carried_out()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub), Host = "here", Control = true }, "web: exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT status FROM overmind.process_status", "running");
        foreach (var command in new[] { "quit", "input", "run", "scale", "reload", "nonsense" }) await SendAsync(hub, "owner", "here", command, "web");
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.commands WHERE NOT succeeded AND outcome LIKE '%only start, stop, restart, kill'", "6");
        Assert.Equal(["running"], await postgres.QueryAsync(hub, "SELECT status FROM overmind.process_status"));
    }

    [Fact]
    public async Task A_daemon_that_does_not_allow_it_refuses_at_once()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub), Host = "here" }, "web: exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT status FROM overmind.process_status", "running");
        await SendAsync(hub, "owner", "here", "stop", "web");
        await postgres.WaitForAsync(hub, Outcomes, "stop,completed,False,This daemon takes no commands from the hub; start it with --hub-control to allow them");
    }

    [Fact]
    public async Task A_command_of_yesterday_is_not_carried_out()
    {
        var hub = await postgres.CreateHubAsync();
        var flags = new HubFlags { Address = postgres.Address(hub), Host = "here", Control = true };
        await using var daemon = await HubDaemon.StartAsync(flags, "web: exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT status FROM overmind.process_status", "running");
        await postgres.ExecuteAsync(hub, "INSERT INTO overmind.commands (project_id, command, process_name, requested_at) VALUES (1, 'stop', 'web', clock_timestamp() - interval '2 min')");
        await postgres.WaitForAsync(hub, Outcomes, "stop,completed,False,Not carried out: the daemon did not take it within a minute");
        Assert.Equal(["running"], await postgres.QueryAsync(hub, "SELECT status FROM overmind.process_status"));
    }

    private async Task SendAsync(string hub, string user, string host, string command, string process) => await postgres.ExecuteAsync(
        hub, $"INSERT INTO overmind.commands (project_id, command, process_name) SELECT id, '{command}', '{process}' FROM overmind.projects WHERE host = '{host}'", user);
}
