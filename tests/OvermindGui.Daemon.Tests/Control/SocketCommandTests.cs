using System.Diagnostics;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Control;

/// <summary>Commands to a real daemon over its socket.</summary>
public class SocketCommandTests
{
    private const int Timeout = 60_000;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    // Less than a writer waits for a lock, and much for what has to wait for nothing.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(20);

    [Fact(Timeout = Timeout)]
    public async Task A_command_is_recorded_with_who_asked_and_its_outcome()
    {
        await using var daemon = await TestDaemon.StartAsync("web: sleep 1000");
        var client = new CommandClient(daemon.Database, TimeProvider.System, new Initiator(InitiatorKind.Api, "curl/8"));

        var outcome = await client.SendAsync(CommandKind.Stop, "web", StopTimeout, TestContext.Current.CancellationToken);

        Assert.Equal(new CommandOutcome(true, "Stopped web"), outcome);
        Assert.Equal(ProcessState.Stopped, daemon.Info("web").State); // stored before it was answered
        await daemon.UntilAsync(() => Rows(daemon).Count == 1);
        Assert.Equal(("stop", "web", "completed", "Stopped web", "api:curl/8"), Rows(daemon)[0]);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(AgentTier.Read, false, false)]
    [InlineData(AgentTier.Control, true, false)]
    [InlineData(AgentTier.Run, true, true)]
    public async Task The_daemon_itself_holds_agents_to_the_highest_tier_of_the_project(AgentTier highest, bool mayRestart, bool mayType)
    {
        await using var daemon = await TestDaemon.StartAsync("web: cat");
        new AgentPolicyFile(daemon.Folder).Write(highest);
        var agent = new CommandClient(daemon.Database, TimeProvider.System, new Initiator(InitiatorKind.Mcp, "any"));

        var restart = await agent.SendAsync(CommandKind.Restart, "web", StopTimeout, TestContext.Current.CancellationToken);
        var typed = await agent.TypeAsync("web", "hello\n", TestContext.Current.CancellationToken);

        Assert.Equal((mayRestart, mayType), (restart.Succeeded, typed.Succeeded));
        if (!mayRestart) Assert.Equal("Agents may not restart in this project (highest tier: read); it is changed in the dashboard, under Agents", restart.Message);
        Assert.True((await daemon.SendAsync(CommandKind.Restart, "web")).Succeeded); // people may
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_typed_is_not_recorded()
    {
        await using var daemon = await TestDaemon.StartAsync("web: read word; echo got $word; sleep 1000");

        Assert.True((await daemon.TypeAsync("web", "secret\n")).Succeeded);
        await daemon.WaitForLineAsync("web", "got secret");

        await daemon.UntilAsync(() => Rows(daemon).Count == 1);
        using var connection = daemon.Database.OpenConnection();
        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM daemon_commands WHERE argument IS NOT NULL"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(CommandKind.Stop, "Stopped web")]
    [InlineData(CommandKind.Kill, "Killed web")]
    [InlineData(CommandKind.Restart, "Restarted web")]
    public async Task A_locked_database_keeps_no_command_waiting(CommandKind kind, string message)
    {
        await using var daemon = await TestDaemon.StartAsync("web: sleep 1000", "noisy: while :; do echo x; sleep 0.01; done");
        await using var other = daemon.Database.OpenConnection();
        await using var transaction = other.BeginTransaction();
        var started = Stopwatch.StartNew();

        var outcome = await daemon.SendAsync(kind, "web");

        Assert.Equal(new CommandOutcome(true, message), outcome);
        Assert.True(started.Elapsed < AtOnce, $"It took {started.Elapsed}");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_quit_with_a_locked_database_ends_everything_and_says_what_is_not_stored()
    {
        var daemon = await TestDaemon.StartAsync("web: exec sleep 1000");
        var web = daemon.Info("web").Pid!.Value;
        await using (var other = daemon.Database.OpenConnection())
        await using (other.BeginTransaction())
        {
            var started = Stopwatch.StartNew();
            var outcome = await new CommandClient(daemon.Database, TimeProvider.System).QuitAsync(TestContext.Current.CancellationToken);

            Assert.True(started.Elapsed < AtOnce, $"It took {started.Elapsed}"); // on a loaded machine; 4 s on a quiet one
            Assert.False(outcome.Succeeded);
            Assert.Contains("could not be stored", outcome.Message, StringComparison.Ordinal);
            Assert.Null(ProcessEntry.Of(web));
        }

        await daemon.FailureAsync<InvalidOperationException>();
        await daemon.DisposeAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Commands_on_one_connection_are_taken_up_in_order()
    {
        await using var daemon = await TestDaemon.StartAsync("web: sleep 1000");
        await using var connection = new ControlConnection(
            (await ControlSocket.TryConnectAsync(daemon.Folder, TestContext.Current.CancellationToken))!);
        string[] commands = ["stop", "start", "restart", "stop", "start", "kill"];
        foreach (var (i, command) in commands.Index())
            Assert.True(await connection.WriteAsync(
                new ControlRequest { Id = i + 1, Command = command, Process = "web" }, ControlJson.Default.ControlRequest,
                TestContext.Current.CancellationToken));

        var messages = new SortedDictionary<long, string?>();
        while (messages.Count < commands.Length)
            if (await connection.ReadAsync(ControlJson.Default.ControlReply, TestContext.Current.CancellationToken) is { IsFinal: true } reply)
                messages[reply.Id] = reply.Message;
        Assert.Equal(["Stopped web", "Started web", "Restarted web", "Stopped web", "Started web", "Killed web"], messages.Values);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_unknown_command_is_refused_with_the_known_ones()
    {
        await using var daemon = await TestDaemon.StartAsync("web: sleep 1000");
        await using var client = await ControlClient.TryConnectAsync(daemon.Folder, TestContext.Current.CancellationToken);

        var reply = await client!.SendAsync(new ControlRequest { Command = "dance" }, TestContext.Current.CancellationToken)
            .FirstAsync(TestContext.Current.CancellationToken);

        Assert.Equal((false, $"Unknown command: dance (known: {string.Join(", ", CommandKinds.All)})"), (reply.Succeeded, reply.Message));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_socket_ends_with_the_daemon()
    {
        var daemon = await TestDaemon.StartAsync("web: sleep 1000");
        var socket = daemon.Folder.Socket;
        Assert.True(File.Exists(socket));

        Assert.Equal(
            new CommandOutcome(true, "Daemon stopped"),
            await new CommandClient(daemon.Database, TimeProvider.System).QuitAsync(TestContext.Current.CancellationToken));

        Assert.False(File.Exists(socket));
        await daemon.DisposeAsync();
    }

    private static List<(string Command, string? Process, string Status, string? Outcome, string? RequestedBy)> Rows(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return connection.Query(
            "SELECT command, process_name, status, outcome, requested_by FROM daemon_commands WHERE status = 'completed'",
            row => (row.GetString(0), row.Nullable<string>(1), row.GetString(2), row.Nullable<string>(3), row.Nullable<string>(4)));
    }
}
