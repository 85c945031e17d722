using System.Diagnostics;
using Npgsql;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>Whatever happens to the hub, each line arrives once, and nothing local waits for it.</summary>
public sealed class OutageTests(PostgresCluster postgres)
{
    private const string AllLines = "SELECT id || '|' || text FROM overmind.lines ORDER BY id";
    private const string Flood = "flood: i=0; while [ $i -lt 400 ]; do seq 1 100; i=$((i+1)); done; echo done; exec sleep 100";

    [Fact]
    public async Task A_server_that_crashes_under_load_gets_each_line_once()
    {
        await using var own = new OwnCluster();
        await own.Cluster.InitializeAsync();
        var hub = await own.Cluster.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = own.Cluster.Address(hub) }, Flood);
        for (var crash = 0; crash < 2; crash++)
        {
            await daemon.WaitForShippingAsync(s => s.Ships);
            await own.Cluster.StopAsync();
            var waiting = await daemon.WaitForShippingAsync(s => s.State == ShippingState.Waiting);
            Assert.Contains("cannot be reached", waiting.Message, StringComparison.Ordinal);
            await own.Cluster.StartAsync();
        }

        await daemon.WaitForShippingAsync(s => s.Ships && s.Behind == 0 && daemon.Lines().Count > 40_000);
        Assert.Equal(daemon.Lines(), await own.Cluster.QueryAsync(hub, AllLines));
    }

    [Fact]
    public async Task A_hub_that_is_down_under_load_gets_each_line_once_when_it_is_back()
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("OVERMIND_GUI_HUB_DOWN_SECONDS"), out var given) ? given : 2; // 60 in the longer form
        await using var own = new OwnCluster();
        await own.Cluster.InitializeAsync();
        var hub = await own.Cluster.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(
            new HubFlags { Address = own.Cluster.Address(hub) }, "load: while [ ! -e enough ]; do seq 1 50; sleep 0.05; done; echo done; exec sleep 100");
        await own.Cluster.WaitForAsync(hub, "SELECT count(*) > 100 FROM overmind.lines", "True");
        await own.Cluster.StopAsync();
        NpgsqlConnection.ClearAllPools();
        await daemon.WaitForShippingAsync(s => s.State == ShippingState.Waiting);
        var before = daemon.Lines().Count;
        await Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken); // the outage has to last
        await daemon.WaitForShippingAsync(s => s.State == ShippingState.Waiting && daemon.Lines().Count > before); // the project does not wait for its hub
        await own.Cluster.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "enough"), "", TestContext.Current.CancellationToken);
        await own.Cluster.WaitForAsync(hub, "SELECT text FROM overmind.lines WHERE text = 'done'", "done");
        await daemon.StopAsync();
        Assert.Equal(daemon.Lines(), await own.Cluster.QueryAsync(hub, AllLines));
    }

    [Fact]
    public async Task Connections_that_are_cut_in_the_middle_of_a_copy_lose_and_repeat_nothing()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub) }, Flood);
        var cuts = 0;
        var clock = Stopwatch.StartNew();
        while (cuts < 5 && clock.Elapsed < TimeSpan.FromSeconds(20))
        {
            var cut = await postgres.QueryAsync(
                "postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{hub}' AND query LIKE 'COPY%' AND state = 'active'");
            cuts += cut.Count;
        }

        Assert.True(cuts > 0, "no copy was cut");
        await daemon.WaitForShippingAsync(s => s.Ships && s.Behind == 0 && daemon.Lines().Count > 40_000);
        Assert.Equal(daemon.Lines(), await postgres.QueryAsync(hub, AllLines));
    }

    [Fact]
    public async Task An_unreachable_hub_delays_neither_start_nor_end_and_gets_everything_later()
    {
        await using var own = new OwnCluster();
        await own.Cluster.InitializeAsync();
        var hub = await own.Cluster.CreateHubAsync();
        await own.Cluster.StopAsync();
        NpgsqlConnection.ClearAllPools();
        var flags = new HubFlags { Address = own.Cluster.Address(hub) };
        await using var daemon = await HubDaemon.StartAsync(flags, "web: echo first; exec sleep 100");
        await daemon.WaitForShippingAsync(s => s.State == ShippingState.Waiting);
        var clock = Stopwatch.StartNew();
        await daemon.StopAsync();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"the end took {clock.Elapsed}");

        await own.Cluster.StartAsync();
        await using var next = await HubDaemon.StartAsync(flags, daemon.Folder);
        await next.WaitForShippingAsync(s => s.Ships && s.Behind == 0);
        await next.StopAsync();
        Assert.Equal(next.Lines(), await own.Cluster.QueryAsync(hub, AllLines));
    }

    private sealed class OwnCluster : IAsyncDisposable
    {
        public PostgresCluster Cluster { get; } = new();

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
