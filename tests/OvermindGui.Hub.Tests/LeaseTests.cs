using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Control;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Shipping;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>One daemon owns a project in the hub, and what it wrote stays true when another takes over.</summary>
public sealed class LeaseTests(PostgresCluster postgres)
{
    private const string AllLines = "SELECT id || '|' || text FROM overmind.lines ORDER BY id";

    [Fact]
    public async Task A_project_has_one_owner_until_its_lease_is_over()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags(), "web: seq 1 500");
        await using var first = new OtherShipper(daemon.Database, postgres.Address(hub));
        await first.WaitForAsync(ShippingState.Shipping);
        await using var second = new OtherShipper(daemon.Database, postgres.Address(hub));
        Assert.Contains("Another daemon ships", await second.WaitForAsync(ShippingState.Refused), StringComparison.Ordinal);

        first.Kill();
        await postgres.ExecuteAsync(hub, "UPDATE overmind.cursors SET lease_until = clock_timestamp()");
        await second.WaitForAsync(ShippingState.Shipping);
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.lines", $"{daemon.Lines().Count}");
        Assert.Equal(daemon.Lines(), await postgres.QueryAsync(hub, AllLines));
    }

    [Fact]
    public async Task Who_lost_the_lease_writes_nothing_more()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags(), "web: while :; do seq 1 20; sleep 0.1; done");
        await using var first = new OtherShipper(daemon.Database, postgres.Address(hub));
        await first.WaitForAsync(ShippingState.Shipping);
        await postgres.ExecuteAsync(hub, $"UPDATE overmind.cursors SET holder = '{Guid.NewGuid()}', lease_until = clock_timestamp() + interval '1 hour'");
        Assert.Contains("another daemon", await first.WaitForAsync(ShippingState.Refused), StringComparison.OrdinalIgnoreCase);
        var lines = await postgres.QueryAsync(hub, "SELECT count(*), max(id), (SELECT line_id FROM overmind.cursors) FROM overmind.lines");
        var parts = lines[0].Split(',');
        Assert.Equal(parts[1], parts[2]);
        for (var round = 0; round < 2; round++) await Heartbeat.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(lines, await postgres.QueryAsync(hub, "SELECT count(*), max(id), (SELECT line_id FROM overmind.cursors) FROM overmind.lines"));
    }

    [Fact]
    public async Task Lines_that_the_machine_lost_with_its_power_are_forgotten_in_the_hub()
    {
        var hub = await postgres.CreateHubAsync();
        var flags = new HubFlags { Address = postgres.Address(hub) };
        await using var daemon = await HubDaemon.StartAsync(flags, "web: seq 1 300; exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT text FROM overmind.lines WHERE text = '300'", "300");
        await daemon.StopAsync();
        using (var connection = daemon.Database.OpenConnection())
        {
            connection.Execute(null, "DELETE FROM lines WHERE id > 200");
            connection.Execute(null, "UPDATE sqlite_sequence SET seq = 200 WHERE name = 'lines'");
        }

        await using var next = await HubDaemon.StartAsync(flags, daemon.Folder);
        await next.WaitForShippingAsync(s => s.Ships && s.Behind == 0 && next.Lines().Any(l => l.EndsWith("|300", StringComparison.Ordinal)));
        await next.StopAsync();
        Assert.Equal(next.Lines(), await postgres.QueryAsync(hub, AllLines));
    }

    private sealed class OtherShipper : IShippingJournal, IAsyncDisposable
    {
        private readonly CancellationTokenSource _killed = new();
        private readonly Shipper _shipper;
        private readonly Task _life;
        private volatile ShippingReport? _report;

        public OtherShipper(OvermindDatabase database, HubAddress address)
        {
            var options = new HubOptions(address, "here", Control: false, Redact: false);
            var target = new HubTarget(database, options, _ => Task.FromResult(new CommandOutcome(true, "")), NullLogger<HubTarget>.Instance);
            _shipper = new Shipper(database, target, this, NullLogger<Shipper>.Instance);
            _life = Task.Run(() => _shipper.RunAsync(_killed.Token));
        }

        public void Record(ShippingReport report) => _report = report;

        /// <summary>Ends it without a word to the hub.</summary>
        public void Kill() => _killed.Cancel();

        public async Task<string> WaitForAsync(string state)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await Eventually.TrueAsync(() => _report?.State == state, meanwhile: () => Assert.False(limit.IsCancellationRequested, $"{_report}"));
            return _report!.Message ?? "";
        }

        public async ValueTask DisposeAsync()
        {
            await _killed.CancelAsync();
            await ((Task)_life).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _shipper.DisposeAsync();
            _killed.Dispose();
        }
    }
}
