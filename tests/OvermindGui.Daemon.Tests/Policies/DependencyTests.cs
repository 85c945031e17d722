using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Policies;

/// <summary>Starting in the order of a side file, and becoming ready.</summary>
public class DependencyTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_process_waits_until_what_it_depends_on_is_ready_and_says_for_what()
    {
        await using var daemon = await StartAsync(
            "processes:\n  web: {depends_on: [db]}\n  db: {ready: {log: accepting}}",
            "web: sleep 1000", "db: while [ ! -e go ]; do sleep 0.05; done; echo now accepting connections; sleep 1000");
        var waiting = await daemon.WaitForAsync("web", p => p.State == ProcessState.Waiting);
        Assert.Equal("waiting for db to be ready", waiting.Reason);
        Assert.Equal((false, "running"), (daemon.Info("db").Ready, daemon.Info("db").State.ToText()));

        daemon.Save("go", "");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);

        Assert.Equal((true, "running"), (daemon.Info("db").Ready, daemon.Info("db").State.ToText()));
        Assert.Equal(["dependencies"], daemon.Causes("web"));
        Assert.Contains(daemon.Lines("db"), l => l.Text.StartsWith("Ready after ", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_chain_starts_link_by_link()
    {
        await using var daemon = await StartAsync(
            "processes:\n  web: {depends_on: [api]}\n  api: {depends_on: {migrate: completed}, ready: {command: test -e ready}}\n  migrate: {one_shot: true}",
            "web: echo web; sleep 1000", "api: echo api; sleep 0.2; touch ready; sleep 1000", "migrate: sleep 0.2; echo migrated");

        await daemon.WaitForLineAsync("web", "web");

        var order = new[] { "migrate", "api", "web" }.Select(name => daemon.Output(name).First().Id).ToList();
        Assert.Equal(order.Order(), order);
        Assert.Equal("exited", daemon.Info("migrate").State.ToText());
        Assert.Equal("does its work and ends", daemon.Info("migrate").Rule);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_fails_to_get_there_is_reported_and_when_it_does_later_the_others_start()
    {
        await using var daemon = await StartAsync(
            "processes:\n  web: {depends_on: {migrate: completed}}\n  migrate: {one_shot: true}",
            "web: sleep 1000", "migrate: test -e schema");

        var waiting = await daemon.WaitForAsync("web", p => p.Reason is not null && p.Reason.Contains("but", StringComparison.Ordinal));
        Assert.Equal("waiting for migrate to be completed, but it exited with code 1", waiting.Reason);
        daemon.Save("schema", "");
        await daemon.SendAsync(CommandKind.Start, "migrate");

        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_person_may_start_or_stop_what_waits()
    {
        await using var daemon = await StartAsync(
            "processes:\n  web: {depends_on: [db]}\n  api: {depends_on: [db]}\n  db: {ready: {log: never}}",
            "web: sleep 1000", "api: sleep 1000", "db: sleep 1000");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Waiting);

        Assert.Equal(new CommandOutcome(true, "Started web"), await daemon.SendAsync(CommandKind.Start, "web"));
        Assert.Equal(new CommandOutcome(true, "Stopped api"), await daemon.SendAsync(CommandKind.Stop, "api"));

        Assert.Equal((ProcessState.Running, ProcessState.Stopped), (daemon.Info("web").State, daemon.Info("api").State));
        Assert.Null(daemon.Info("api").Reason);
    }

    [Fact(Timeout = Timeout)]
    public async Task One_that_is_late_is_reported_once_and_may_still_come()
    {
        await using var daemon = await StartAsync(
            "processes:\n  web: {depends_on: [db]}\n  db: {ready: {command: test -e go, interval: 20ms, timeout: 2s}}",
            "web: sleep 1000", "db: sleep 1000");

        var late = await daemon.WaitForAsync("db", p => p.Reason is not null);
        Assert.Equal((ProcessState.Running, "not ready after 2 s; it ended with code 1"), (late.State, late.Reason));
        await daemon.WaitForAsync("web", p => p.Reason == "waiting for db to be ready, but it is not ready after 2 s; it ended with code 1");
        daemon.Save("go", "");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);

        Assert.Equal((true, null), (daemon.Info("db").Ready, daemon.Info("db").Reason));
        Assert.Single(daemon.Lines("db"), l => l.Text.StartsWith("It is not ready", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_restart_becomes_ready_again_and_a_stop_ends_the_looking()
    {
        await using var daemon = await StartAsync("processes: {db: {ready: {log: up}}}", "db: echo up; sleep 1000");
        await daemon.WaitForAsync("db", p => p.Ready == true);

        await daemon.SendAsync(CommandKind.Restart, "db");
        await daemon.WaitForAsync("db", p => p.Ready == true);
        await daemon.SendAsync(CommandKind.Stop, "db");

        Assert.Equal((ProcessState.Stopped, null), (daemon.Info("db").State, daemon.Info("db").Ready));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_ends_starts_nothing_that_waits()
    {
        await using var daemon = await StartAsync(
            "processes:\n  web: {depends_on: [db]}\n  db: {ready: {log: never}}", "web: sleep 1000", "db: sleep 1000");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Waiting);

        await daemon.StopAsync();

        Assert.Empty(daemon.Causes("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_cycle_is_refused_with_its_path_and_nothing_starts()
    {
        var failure = await Assert.ThrowsAsync<Core.Contracts.StartupException>(() => StartAsync(
            "processes:\n  web: {depends_on: [api]}\n  api: {depends_on: [web]}", "web: sleep 1000", "api: sleep 1000"));

        Assert.Contains("web → api → web", failure.Message, StringComparison.Ordinal);
    }

    private static Task<TestDaemon> StartAsync(string sideFile, params string[] procfile) =>
        TestDaemon.StartPlannedAsync(new PlanOptions(), [("overmind-gui.yaml", sideFile)], TimeProvider.System, procfile);
}
