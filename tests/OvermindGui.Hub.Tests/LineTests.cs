using System.Diagnostics;
using Npgsql;
using OvermindGui.Core.Output;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>What becomes of lines in the hub: changed, cleared, redacted, dropped, announced.</summary>
public sealed class LineTests(PostgresCluster postgres)
{
    [Fact]
    public async Task A_line_that_changes_later_is_changed_in_place()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartOnTerminalAsync(
            new HubFlags { Address = postgres.Address(hub) }, "web: printf 'one\\ntwo\\n'; read x < gate; printf '\\033[2Aelf\\n\\n'; exec sleep 100");
        using (var made = Process.Start("mkfifo", Path.Combine(daemon.Folder.Root, "gate")))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        await daemon.SendAsync(Core.Contracts.CommandKind.Restart, "web");
        const string Newest = "SELECT text FROM (SELECT id, text FROM overmind.lines WHERE stream <> 3 AND process_id = (SELECT id FROM overmind.processes WHERE name = 'web') AND run_id = (SELECT max(id) FROM overmind.runs) ORDER BY id) l WHERE text <> '' AND text NOT LIKE 'Started%'";
        await postgres.WaitForAsync(hub, Newest, "one", "two");
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "gate"), "go\n", TestContext.Current.CancellationToken);
        await postgres.WaitForAsync(hub, Newest, "elf", "two");
    }

    [Fact]
    public async Task Cleared_output_is_hidden_at_once_and_deleted_when_that_is_final()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub) }, "web: seq 1 50; exec sleep 100", "other: echo stays; exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.lines WHERE text IN ('50', 'stays')", "2");
        new OutputClearing(daemon.Database, TimeProvider.System).Clear("web");
        await postgres.WaitForAsync(hub, "SELECT name FROM overmind.processes WHERE cleared_id > 0", "web");
        Assert.Equal(["1"], await postgres.QueryAsync(hub, "SELECT count(*) FROM overmind.lines WHERE text = '50'"));
        using (var connection = daemon.Database.OpenConnection()) connection.Execute(null, "DELETE FROM clearings"); // as the daemon does when half a minute is over
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.lines WHERE text = '50'", "0");
        Assert.Equal(["stays"], await postgres.QueryAsync(hub, "SELECT text FROM overmind.lines WHERE text = 'stays'"));
    }

    [Fact]
    public async Task Secrets_stay_on_the_machine_when_that_was_asked_for()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(
            new HubFlags { Address = postgres.Address(hub), Redact = true }, [(".env", "API_TOKEN=zyxwvu987654321\n")],
            "web: DB_PASSWORD=correcthorse true; echo token is $API_TOKEN; echo password=hunter2hunter2; exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.lines WHERE text LIKE '%[redacted]%'", "2");
        foreach (var secret in new[] { "zyxwvu987654321", "hunter2hunter2", "correcthorse" })
            Assert.Equal(["0"], await postgres.QueryAsync(hub, $"SELECT (SELECT count(*) FROM overmind.lines WHERE text LIKE '%{secret}%') + (SELECT count(*) FROM overmind.process_status WHERE command LIKE '%{secret}%')"));
        Assert.Contains(daemon.Lines(), line => line.Contains("zyxwvu987654321", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Days_that_are_over_are_dropped_and_impossible_times_do_no_harm()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub) }, "web: seq 1 5; exec sleep 100");
        await daemon.WaitForShippingAsync(s => s.Ships && s.Behind == 0);
        await daemon.StopAsync();
        using (var connection = daemon.Database.OpenConnection())
        {
            var old = DateTimeOffset.UtcNow.AddDays(-40).ToUnixTimeMilliseconds();
            var future = DateTimeOffset.UtcNow.AddYears(80).ToUnixTimeMilliseconds();
            foreach (var time in new[] { old, future, -5L })
                connection.Execute(null, "INSERT INTO lines(process_id, time, stream, text) VALUES (1, $1, 0, 'odd')", time);
        }

        await using var next = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub) }, daemon.Folder);
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.lines WHERE text = 'odd'", "3");
        Assert.Equal(["2"], await postgres.QueryAsync(hub, "SELECT count(*) FROM overmind.lines_other"));
        Assert.Equal(["1"], await postgres.QueryAsync(hub, "SELECT overmind.prune()"));
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.lines WHERE text = 'odd'", "1");
    }

    [Fact]
    public async Task A_flood_notifies_at_most_ten_times_a_second()
    {
        var hub = await postgres.CreateHubAsync();
        await using var listener = new NpgsqlConnection($"Host={postgres.Socket};Database={hub};Username=owner;Pooling=false");
        await listener.OpenAsync(TestContext.Current.CancellationToken);
        var heard = 0;
        listener.Notification += (_, _) => heard++;
        await using (var listen = new NpgsqlCommand($"LISTEN {HubChannels.Changes}", listener)) await listen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub) }, "web: seq 1 200000; exec sleep 100");
        await daemon.WaitForShippingAsync(s => s.Ships);
        for (var listening = Stopwatch.StartNew(); listening.Elapsed < TimeSpan.FromSeconds(2);) await listener.WaitAsync(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        Assert.InRange(heard, 1, 10 * clock.Elapsed.TotalSeconds + 2);
    }

    // An attribute cannot hold half a character.
    [Fact]
    public void What_PostgreSQL_cannot_store_is_replaced()
    {
        Assert.Equal("plain", ShippedText.Storable("plain"));
        Assert.Equal("a\uFFFDb", ShippedText.Storable("a\0b"));
        Assert.Equal("half \uFFFD", ShippedText.Storable("half \uD83D"));
        Assert.Equal("\uFFFD half", ShippedText.Storable("\uDE00 half"));
        Assert.Equal("whole \uD83D\uDE00", ShippedText.Storable("whole \uD83D\uDE00"));
    }
}
