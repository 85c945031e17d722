using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>What lies between daemons, dashboards and a hub may cut connections, and keep notifications to itself.</summary>
public sealed class NetworkTests(PostgresCluster postgres)
{
    private const string AllLines = "SELECT id || '|' || text FROM overmind.lines ORDER BY id";

    [Theory]
    [InlineData('d', false, "", 3)] // in the middle of a COPY
    [InlineData('C', true, "COPY", 3)] // behind it
    [InlineData('C', true, "COMMIT", 4)] // done, and the daemon does not know
    public async Task A_connection_that_is_cut_loses_and_repeats_nothing(char type, bool fromServer, string words, int cuts)
    {
        var hub = await postgres.CreateHubAsync();
        var left = cuts;
        await using var proxy = new PostgresProxy(postgres.Socket, message =>
            message.Type == type && message.FromServer == fromServer && message.Text.StartsWith(words, StringComparison.Ordinal) && Interlocked.Decrement(ref left) >= 0
                ? Fate.Cut : Fate.Pass);
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = proxy.Address(hub) }, "flood: seq 1 9000; echo done; exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT text FROM overmind.lines WHERE text = 'done'", "done");
        await daemon.StopAsync();
        Assert.True(left < 0, $"{left} cuts were not made");
        Assert.Equal(daemon.Lines(), await postgres.QueryAsync(hub, AllLines));
    }

    [Fact]
    public async Task Where_no_notification_comes_through_commands_and_lines_are_seen_by_looking()
    {
        var hub = await postgres.CreateHubAsync();
        var dropped = 0;
        await using var proxy = new PostgresProxy(postgres.Socket, message =>
        {
            if (message is not { Type: 'A', FromServer: true }) return Fate.Pass;
            Interlocked.Increment(ref dropped);
            return Fate.Drop;
        });
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = proxy.Address(hub), Control = true }, "web: echo hello; exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT text FROM overmind.lines WHERE text = 'hello'", "hello");
        await using var dashboard = new HubDatabase(proxy.Address(hub));
        await using var changes = new HubChanges(dashboard, NullLogger<HubChanges>.Instance);
        var log = new HubLog(dashboard, TimeProvider.System);
        var token = TestContext.Current.CancellationToken;
        var cursors = (await log.TailAsync(new HubLineFilter(), null, 100, token)).Next;
        Assert.True((await new HubCommands(dashboard).SendAsync(1, CommandKind.Restart, "web", token)).Succeeded);
        var seen = new List<string>();
        while (!seen.Contains("hello"))
        {
            await changes.NextAsync(token);
            var tail = await log.TailAsync(new HubLineFilter(), cursors, 100, token);
            seen.AddRange(tail.Lines.Select(line => line.Line.Content.Text));
            cursors = tail.Next;
        }

        Assert.True(dropped > 0, "there was no notification to keep");
    }
}
