using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>What dashboards see of a hub.</summary>
public sealed class ReadingTests(PostgresCluster postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machines_projects_and_processes_are_listed_with_their_states()
    {
        var name = await postgres.CreateHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var one = await HubDaemon.StartAsync(new HubFlags { Address = hub.Address, Host = "alpha" }, "web: exec sleep 100", "job: exit 3");
        await using var two = await HubDaemon.StartAsync(new HubFlags { Address = hub.Address, Host = "beta", Control = true }, "web: exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT status FROM overmind.process_status ORDER BY status", "dead", "running", "running");
        var hosts = await new HubCatalog(hub, TimeProvider.System).HostsAsync(Token);
        Assert.Equal(["alpha", "beta"], hosts.Select(h => h.Name));
        Assert.Equal([("web", "running", null), ("job", "dead", (int?)3)], hosts[0].Projects.Single().Processes.Select(p => (p.Name, p.State, p.ExitCode)));
        Assert.Equal((true, false), (hosts[0].Projects[0].Alive, hosts[0].Projects[0].AllowsControl));
        Assert.True(hosts[1].Projects[0].AllowsControl);

        await one.StopAsync();
        hosts = await new HubCatalog(hub, TimeProvider.System).HostsAsync(Token);
        Assert.False(hosts[0].Projects[0].Alive);

        // A daemon that was killed says nothing; what it ran may be anything now.
        await postgres.ExecuteAsync(name, "UPDATE overmind.cursors SET holder = gen_random_uuid(), lease_until = clock_timestamp() - interval '1 s' WHERE project_id = (SELECT id FROM overmind.projects WHERE host = 'beta')");
        var beta = (await new HubCatalog(hub, TimeProvider.System).HostsAsync(Token))[1].Projects[0];
        Assert.Equal((false, "unknown"), (beta.Alive, beta.Processes[0].State));
    }

    [Fact]
    public async Task Lines_of_all_machines_are_in_the_order_of_their_times_and_found_by_text()
    {
        var name = await FilledHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        var log = new HubLog(hub, TimeProvider.System);
        var all = await log.PageAsync(new HubLineFilter(), null, 10, Token);
        Assert.Equal(["a1", "b1", "a2", "b2", "a3"], all.Lines.Select(l => l.Line.Content.Text));
        Assert.Null(all.Before);

        var newest = await log.PageAsync(new HubLineFilter(), null, 2, Token);
        Assert.Equal(["b2", "a3"], newest.Lines.Select(l => l.Line.Content.Text));
        var older = await log.PageAsync(new HubLineFilter(), HubPosition.Parse(newest.Before!.ToString()!), 2, Token);
        Assert.Equal(["b1", "a2"], older.Lines.Select(l => l.Line.Content.Text));

        Assert.Equal(["b1", "b2"], await TextsAsync(log, new HubLineFilter { Hosts = ["beta"] }));
        Assert.Equal(["a1", "a2", "a3"], await TextsAsync(log, new HubLineFilter { Projects = ["shop"] }));
        Assert.Equal(["a2", "b2"], await TextsAsync(log, new HubLineFilter { Texts = [new TextMatch("2")] }));
        Assert.Equal(["a2", "b2"], await TextsAsync(log, new HubLineFilter { Texts = [new TextMatch("^[AB]2$") { IsRegex = true }] }));
        Assert.Equal(["a3"], await TextsAsync(log, new HubLineFilter { Levels = LevelSet.Parse("error") }));
        Assert.Empty(await TextsAsync(log, new HubLineFilter { Texts = [new TextMatch("%")] }));
        Assert.Empty(await TextsAsync(log, new HubLineFilter { Texts = [new TextMatch("A1") { MatchCase = true }] }));
        Assert.Equal(["a1"], await TextsAsync(log, new HubLineFilter { Texts = [new TextMatch("A1") { WholeWord = true }] }));
        Assert.Empty(await TextsAsync(log, new HubLineFilter { Texts = [new TextMatch("1") { WholeWord = true }] }));
        Assert.Empty(await TextsAsync(log, new HubLineFilter { Texts = [new TextMatch("a.") { WholeWord = true }] }));
        Assert.Equal(["b1", "b2"], await TextsAsync(log, new HubLineFilter { Texts = [new TextMatch("a") { Excludes = true }] }));
        Assert.Equal(["b1"], await TextsAsync(log, new HubLineFilter { Texts = [new TextMatch("B") { IsRegex = true }, new TextMatch("2") { Excludes = true }] }));
        Assert.Contains("known: alpha, beta", (await Assert.ThrowsAsync<HubRequestException>(() => log.PageAsync(new HubLineFilter { Hosts = ["gamma"] }, null, 1, Token))).Message, StringComparison.Ordinal);
        Assert.Contains("regex:", (await Assert.ThrowsAsync<HubRequestException>(() => log.PageAsync(new HubLineFilter { Texts = [new TextMatch("(") { IsRegex = true }] }, null, 1, Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_in_the_history_is_followed_by_what_came_after_it()
    {
        var name = await FilledHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        var log = new HubLog(hub, TimeProvider.System);
        var second = (await log.PageAsync(new HubLineFilter(), null, 10, Token)).Lines[1].Position;
        var after = await log.AfterAsync(new HubLineFilter(), second, 2, Token);
        Assert.Equal(["b1", "a2"], after.Lines.Select(l => l.Line.Content.Text));
        var rest = await log.AfterAsync(new HubLineFilter(), after.Next!.Value, 10, Token);
        Assert.Equal(["b2", "a3"], rest.Lines.Select(l => l.Line.Content.Text));
        Assert.Null(rest.Next);
        Assert.Equal(["a3"], (await log.AfterAsync(new HubLineFilter { Levels = LevelSet.Parse("error") }, second, 10, Token)).Lines.Select(l => l.Line.Content.Text));
    }

    [Fact]
    public async Task Following_misses_no_line_of_a_machine_that_ships_late()
    {
        var name = await FilledHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        var log = new HubLog(hub, TimeProvider.System);
        var now = await log.TailAsync(new HubLineFilter(), null, 100, Token);
        Assert.Empty(now.Lines);
        await postgres.ExecuteAsync(name, "INSERT INTO overmind.lines SELECT 2, 30 + i, 1, NULL, 1, 0, 'late ' || i, NULL, 0, false, NULL FROM generate_series(1, 5) i; UPDATE overmind.cursors SET line_id = 35 WHERE project_id = 2");
        var texts = new List<string>();
        for (var next = HubCursors.Parse(now.Next.ToString()); texts.Count < 5;)
        {
            var tail = await log.TailAsync(new HubLineFilter(), next, 2, Token);
            Assert.NotEmpty(tail.Lines);
            texts.AddRange(tail.Lines.Select(l => l.Line.Content.Text));
            next = tail.Next;
        }

        Assert.Equal(["late 1", "late 2", "late 3", "late 4", "late 5"], texts);
    }

    [Fact]
    public async Task A_follower_is_woken_by_a_new_line()
    {
        var name = await postgres.CreateHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = hub.Address, Host = "alpha" }, "web: while :; do echo tick; sleep 0.3; done");
        var log = new HubLog(hub, TimeProvider.System);
        await postgres.WaitForAsync(name, "SELECT count(*) > 0 FROM overmind.lines WHERE text = 'tick'", "True");
        await using var changes = new HubChanges(hub, NullLogger<HubChanges>.Instance);
        var tail = await log.TailAsync(new HubLineFilter { Processes = ["web"] }, null, 100, Token);
        while (tail.Lines.Count == 0)
        {
            await changes.NextAsync(Token);
            tail = await log.TailAsync(new HubLineFilter { Processes = ["web"] }, tail.Next, 100, Token);
        }

        Assert.All(tail.Lines, line => Assert.Equal(("alpha", "web", "tick"), (line.Host, line.Line.Process, line.Line.Content.Text)));
    }

    [Fact]
    public async Task A_command_waits_for_its_outcome_and_is_refused_where_nobody_can_take_it()
    {
        var name = await postgres.CreateHubAsync();
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var open = await HubDaemon.StartAsync(new HubFlags { Address = hub.Address, Host = "open", Control = true }, "web: exec sleep 100");
        await using var closed = await HubDaemon.StartAsync(new HubFlags { Address = hub.Address, Host = "closed" }, "web: exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.process_status WHERE status = 'running'", "2");
        var projects = (await new HubCatalog(hub, TimeProvider.System).HostsAsync(Token)).ToDictionary(h => h.Name, h => h.Projects[0].Id);
        var commands = new HubCommands(hub);
        Assert.True((await commands.SendAsync(projects["open"], CommandKind.Stop, "web", Token)).Succeeded);
        await postgres.WaitForAsync(name, $"SELECT status FROM overmind.process_status WHERE project_id = {projects["open"]}", "stopped");
        var unknown = await commands.SendAsync(projects["open"], CommandKind.Stop, "nothing", Token);
        Assert.False(unknown.Succeeded);
        Assert.Contains("--hub-control", (await commands.SendAsync(projects["closed"], CommandKind.Stop, "web", Token)).Message, StringComparison.Ordinal);
        await closed.StopAsync();
        Assert.Contains("No daemon", (await commands.SendAsync(projects["closed"], CommandKind.Stop, "web", Token)).Message, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> TextsAsync(HubLog log, HubLineFilter filter) =>
        (await log.PageAsync(filter, null, 10, Token)).Lines.Select(l => l.Line.Content.Text);

    // Two machines with lines at known times.
    private async Task<string> FilledHubAsync()
    {
        var name = await postgres.CreateHubAsync();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 10_000;
        await postgres.ExecuteAsync(name, $"""
            INSERT INTO overmind.projects (host, database, name, folder, version, allows_control, clock_offset)
            VALUES ('alpha', 'aaaaa', 'shop', '/srv/shop', '1', false, 0), ('beta', 'bbbbb', 'mail', '/srv/mail', '1', false, 0);
            INSERT INTO overmind.cursors (project_id, line_id, amendment_id, backlog) VALUES (1, 3, 0, 0), (2, 2, 0, 0);
            INSERT INTO overmind.processes (project_id, id, name, line_count, cleared_id, selected, purged_id) VALUES (1, 1, 'web', 3, 0, true, 0), (2, 1, 'web', 2, 0, true, 0);
            INSERT INTO overmind.lines VALUES
              (1, 1, 1, NULL, {now + 1}, 0, 'a1', NULL, 0, false, NULL), (2, 1, 1, NULL, {now + 2}, 0, 'b1', NULL, 0, false, NULL), (1, 2, 1, NULL, {now + 3}, 0, 'a2', NULL, 0, false, NULL),
              (2, 2, 1, NULL, {now + 4}, 0, 'b2', NULL, 0, false, NULL), (1, 3, 1, NULL, {now + 5}, 0, 'a3', NULL, {(int)LineLevel.Error}, false, NULL);
            """);
        return name;
    }
}
