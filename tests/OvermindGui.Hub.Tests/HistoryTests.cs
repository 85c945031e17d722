using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>What a hub knows of many projects beside their lines: lines over time, errors, failures, runs, resources.</summary>
public sealed class HistoryTests(PostgresCluster postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_timeline_counts_each_line_once_and_follows_changes_and_clearing()
    {
        var name = await postgres.CreateHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var daemon = await HubDaemon.StartAsync(
            new HubFlags { Address = hub.Address, Host = "alpha" },
            "web: seq 1 40; echo ERROR one; while [ ! -e go ]; do sleep 0.05; done; echo ERROR two; echo WARN three; exec sleep 100", "other: echo INFO other; exec sleep 100");
        var timeline = new HubTimeline(hub, TimeProvider.System);
        await postgres.WaitForAsync(name, "SELECT text FROM overmind.lines WHERE text LIKE 'ERROR%'", "ERROR one");
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.cursors WHERE counted_id = line_id", "1");
        await AssertSameAsLocalAsync(timeline, daemon, "web");
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", Token);
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.lines WHERE text LIKE 'WARN%'", "1");
        await AssertSameAsLocalAsync(timeline, daemon, "web"); // at once, although the counts come later
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.cursors WHERE counted_id = line_id", "1");
        await AssertSameAsLocalAsync(timeline, daemon, "web", "other");

        // A line that changes its level moves to another count.
        Execute(daemon, "UPDATE lines SET level = 3 WHERE text = 'ERROR one'; INSERT INTO amendments(line_id) SELECT id FROM lines WHERE text = 'ERROR one'");
        await postgres.WaitForAsync(name, "SELECT level FROM overmind.lines WHERE text = 'ERROR one'", "3");
        Assert.Equal((1, 2), await LevelsAsync(timeline));
        Assert.Equal(["1,2", "1,2", "1,2"], await postgres.QueryAsync(name, "SELECT sum(error), sum(warn) FROM overmind.line_counts GROUP BY width"));

        // Cleared lines are hidden at once, and leave the counts when they are deleted.
        new OutputClearing(daemon.Database, TimeProvider.System).Clear("web");
        await postgres.WaitForAsync(name, "SELECT name FROM overmind.processes WHERE cleared_id > 0", "web");
        Assert.Equal((0, 0), await LevelsAsync(timeline));
        await daemon.SendAsync(CommandKind.Restart, "other");
        Execute(daemon, "DELETE FROM clearings");
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.lines WHERE text = '40'", "0");
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.cursors WHERE counted_id = line_id", "1");
        Assert.Equal(["0", "0", "0"], await postgres.QueryAsync(name, "SELECT sum(error + warn) FROM overmind.line_counts GROUP BY width"));
        Assert.Equal(
            await postgres.QueryAsync(name, "SELECT count(*) FROM overmind.lines"),
            await postgres.QueryAsync(name, "SELECT sum(none + debug + info + warn + error) FROM overmind.line_counts WHERE width = 60"));
    }

    [Fact]
    public async Task Lines_of_a_hub_that_counted_none_are_counted_by_its_upgrade()
    {
        var name = await postgres.CreateDatabaseAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        await using (var context = hub.CreateDbContext())
            await context.GetService<IMigrator>().MigrateAsync("DaysMadeAtOnce", Token);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await postgres.ExecuteAsync(name, $"""
            INSERT INTO overmind.projects (host, database, name, folder, version, allows_control, clock_offset) VALUES ('alpha', 'aaaaa', 'shop', '/srv/shop', '1', false, 0);
            INSERT INTO overmind.cursors (project_id, line_id, amendment_id, backlog) VALUES (1, 30, 0, 0);
            INSERT INTO overmind.processes (project_id, id, name, line_count, cleared_id, selected, purged_id) VALUES (1, 1, 'web', 30, 0, true, 0);
            INSERT INTO overmind.lines SELECT 1, i, 1, NULL, {now} - i, 0, 'x', NULL, i % 5, false, NULL FROM generate_series(1, 30) i
            """);
        await HubSchema.InitialiseAsync(hub, null, withSearchIndex: false, Token);
        Assert.Equal(["6", "6", "6"], await postgres.QueryAsync(name, "SELECT sum(error) FROM overmind.line_counts GROUP BY width"));
        Assert.Equal(["30"], await postgres.QueryAsync(name, "SELECT counted_id FROM overmind.cursors"));
    }

    [Fact]
    public async Task Errors_of_all_machines_are_grouped_with_where_they_are_of()
    {
        var name = await postgres.CreateHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        const string Web = "web: for i in 1 2 3; do echo \"ERROR cannot reach 10.0.0.$i\"; done; exec sleep 100";
        await using var one = await HubDaemon.StartAsync(new HubFlags { Address = hub.Address, Host = "alpha" }, Web);
        await using var two = await HubDaemon.StartAsync(new HubFlags { Address = hub.Address, Host = "beta" }, Web, "job: echo fine; exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.lines WHERE fingerprint IS NOT NULL", "6");
        var errors = new HubErrorGroups(hub, TimeProvider.System);
        var all = await errors.ReadAsync(new HubLineFilter(), onlyNew: false, 50, Token);
        Assert.Equal(2, all.Total);
        Assert.Equal(["alpha", "beta"], all.Errors.Select(e => e.Origin!.Host).Order());
        Assert.All(all.Errors, e => Assert.Equal(("web", 3, "ERROR cannot reach 10.0.0.3", 3, true), (e.Process, e.Count, e.Text, e.Chart!.Sum(), e.New)));
        Assert.Equal("beta", Assert.Single((await errors.ReadAsync(new HubLineFilter { Hosts = ["beta"] }, false, 50, Token)).Errors).Origin!.Host);
        Assert.Empty((await errors.ReadAsync(new HubLineFilter { Processes = ["job"] }, false, 50, Token)).Errors);

        // What an earlier run had is not new.
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.process_status WHERE status = 'running'", "3");
        await one.SendAsync(CommandKind.Restart, "web");
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.lines WHERE fingerprint IS NOT NULL", "9");
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.runs", "4");
        Assert.Equal("beta", Assert.Single((await errors.ReadAsync(new HubLineFilter(), onlyNew: true, 50, Token)).Errors).Origin!.Host);
    }

    [Fact]
    public async Task Runs_and_failures_of_all_machines_are_there()
    {
        var name = await postgres.CreateHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var daemon = await HubDaemon.StartAsync(
            new HubFlags { Address = hub.Address, Host = "alpha" }, [("overmind-failures.yaml", "web:\n  - pattern: out of memory\n    action: none\n")],
            "web: echo out of memory; exit 3");
        await postgres.WaitForAsync(name, "SELECT status FROM overmind.process_status", "dead");
        var history = new HubHistory(hub, TimeProvider.System);
        var run = Assert.Single(await history.RunsAsync(1, "web", 10, Token));
        Assert.Equal((1, 3, true), (run.Number, run.Exit!.Value.Code, run.HasCrashed));
        Assert.Contains((await new HubTimeline(hub, TimeProvider.System).ReadAsync(new HubLineFilter(), null, null, 50, Token)).Marks,
            mark => mark is { Kind: TimelineMarkKind.Crash, Process: "web", Origin.Host: "alpha" });
        await postgres.ExecuteAsync(name, """
            INSERT INTO overmind.failure_hits (project_id, id, process_id, run_id, line_id, pattern, text, time, action, outcome)
            SELECT 1, 77, process_id, run_id, id, 'out of memory', text, time / 1000.0, 'restart', 'restarted' FROM overmind.lines WHERE text = 'out of memory'
            """);
        var hit = Assert.Single(await history.FailuresAsync(new HubLineFilter { Hosts = ["alpha"] }, 10, Token), hit => hit.Id == 77);
        Assert.Equal(("web", "out of memory", FailureAction.Restart, "alpha"), (hit.Process, hit.Text, hit.Action, hit.Origin!.Host));
    }

    [Fact]
    public async Task Averages_replace_the_measurements_they_are_made_of()
    {
        var name = await postgres.CreateHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = hub.Address }, "web: exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT status FROM overmind.process_status", "running");
        const string Sample = "INSERT INTO resource_samples(process_id, run_id, time, span, cpu, cpu_peak, memory, memory_peak, threads, open_files, disk_read, disk_written, children) VALUES ";
        var minute = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60 - 1_800; // within the hour: the daemon makes averages of older ones itself
        Execute(daemon, $"{Sample} (1, 1, {minute + 10}, 30, 10, 10, 100, 100, 1, 1, 0, 0, 0), (1, 1, {minute + 40}, 30, 30, 40, 300, 300, 1, 1, 0, 0, 0), (1, 1, {minute + 70}, 30, 50, 50, 500, 500, 1, 1, 0, 0, 0)");
        await postgres.WaitForAsync(name, $"SELECT count(*) FROM overmind.resource_samples WHERE time < {minute + 100}", "3");
        Execute(daemon, $"{Sample} (1, 1, {minute + 40}, 60, 20, 40, 200, 300, 1, 1, 0, 0, 0); DELETE FROM resource_samples WHERE span = 30 AND time < {minute + 60}");
        await postgres.WaitForAsync(name, $"SELECT cpu FROM overmind.resource_samples WHERE time < {minute + 100} ORDER BY time", "20", "50");
        var points = await new HubHistory(hub, TimeProvider.System).ResourcesAsync(1, "web", UnixTime.FromSeconds(minute), UnixTime.FromSeconds(minute + 100), 10, Token);
        Assert.Equal([(60, 20.0), (30, 50.0)], points.Select(p => (p.Span, p.Cpu)));
    }

    private static async Task AssertSameAsLocalAsync(HubTimeline timeline, HubDaemon daemon, params string[] processes)
    {
        var hubs = await timeline.ReadAsync(new HubLineFilter { Processes = processes }, null, null, 50, Token);
        using var connection = daemon.Database.OpenConnection();
        var local = connection.Query(
            $"SELECT l.level, count(*) FROM lines l JOIN processes p ON p.id = l.process_id WHERE p.name IN ({string.Join(", ", processes.Select(p => $"'{p}'"))}) GROUP BY l.level ORDER BY l.level",
            row => (row.GetInt32(0), row.GetInt64(1)));
        var sum = hubs.Bars.Aggregate(default(LevelTally), (all, bar) => all + bar.Lines);
        Assert.Equal(local, new[] { (0, sum.None), (1, sum.Debug), (2, sum.Info), (3, sum.Warn), (4, sum.Error) }.Where(level => level.Item2 > 0));
    }

    private static async Task<(long Errors, long Warnings)> LevelsAsync(HubTimeline timeline)
    {
        var report = await timeline.ReadAsync(new HubLineFilter { Processes = ["web"] }, null, null, 50, Token);
        return (report.Bars.Sum(b => b.Lines.Error), report.Bars.Sum(b => b.Lines.Warn));
    }

    private static void Execute(HubDaemon daemon, string sql)
    {
        using var connection = daemon.Database.OpenConnection();
        connection.Execute(null, sql);
    }
}
