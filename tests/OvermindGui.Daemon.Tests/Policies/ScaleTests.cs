using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Policies;

/// <summary>Which processes run, and how many of each, from the start and while they run.</summary>
public class ScaleTests
{
    private const int Timeout = 120_000;
    private const string Tell = "echo $PS on $PORT; exec sleep 1000";

    [Fact(Timeout = Timeout)]
    public async Task Instances_are_processes_of_their_own_with_their_own_names_and_ports()
    {
        await using var daemon = await StartAsync(new PlanOptions { Formation = "web=2" }, $"web: {Tell}", $"api: {Tell}");

        foreach (var (name, line) in new[] { ("web#1", "web#1 on 5000"), ("web#2", "web#2 on 5010"), ("api", "api on 5100") })
            await daemon.WaitForLineAsync(name, line);

        Assert.Equal(["web#1", "web#2", "api"], daemon.Names);
        Assert.Equal([("web", 5000), ("web", 5010)], new[] { "web#1", "web#2" }.Select(name => (daemon.Info(name).Entry, daemon.Info(name).Port!.Value)));
        Assert.Equal(new CommandOutcome(true, "Stopped web#1\nStopped web#2"), await daemon.SendAsync(CommandKind.Stop, "web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_left_out_is_listed_with_its_reason_and_can_be_started()
    {
        await using var daemon = await StartAsync(
            new PlanOptions { Except = "api", Formation = "job=0" }, $"web: {Tell}", $"api: {Tell}", $"job: {Tell}");

        Assert.Equal(
            [(ProcessState.Running, null), (ProcessState.Stopped, "left out by --ignored-processes"), (ProcessState.Stopped, "0 instances by --formation")],
            new[] { "web", "api", "job" }.Select(name => (daemon.Info(name).State, daemon.Info(name).Reason)));

        Assert.Equal(new CommandOutcome(true, "Started api"), await daemon.SendAsync(CommandKind.Start, "api"));
        await daemon.WaitForLineAsync("api", "api on 5100");
        await daemon.SendAsync(CommandKind.Start, null);

        Assert.Equal(ProcessState.Stopped, daemon.Info("job").State);
    }

    [Fact(Timeout = Timeout)]
    public async Task Scaling_adds_and_removes_instances_without_touching_the_others()
    {
        await using var daemon = await StartAsync(new PlanOptions(), $"web: {Tell}", $"api: {Tell}");
        var (web, api) = (daemon.Info("web").Pid, daemon.Info("api").Pid);

        Assert.Equal(new CommandOutcome(true, "Scaled web to 3"), await daemon.SendAsync(CommandKind.Scale, "web=3"));
        await daemon.WaitForLineAsync("web#2", "web#2 on 5010");
        await daemon.WaitForLineAsync("web#3", "web#3 on 5020");
        Assert.Equal(["web", "web#2", "web#3", "api"], daemon.Names);
        var second = daemon.Info("web#2").Pid;

        Assert.Equal(new CommandOutcome(true, "Scaled web to 2"), await daemon.SendAsync(CommandKind.Scale, "web=2"));
        Assert.Equal(["web", "web#2", "api"], daemon.Names);
        Assert.Equal((web, second, api), (daemon.Info("web").Pid, daemon.Info("web#2").Pid, daemon.Info("api").Pid));
        Assert.NotEmpty(daemon.Output("web#3")); // what it printed stays

        await daemon.SendAsync(CommandKind.Scale, "web=0");
        Assert.Equal(["web", "api"], daemon.Names);
        Assert.Equal((ProcessState.Stopped, "0 instances by --formation"), (daemon.Info("web").State, daemon.Info("web").Reason));
        await daemon.SendAsync(CommandKind.Scale, "web=1");
        Assert.Equal((ProcessState.Running, api), (daemon.Info("web").State, daemon.Info("api").Pid));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_reload_after_a_scaling_keeps_the_instances_and_restarts_none()
    {
        await using var daemon = await StartAsync(new PlanOptions(), $"web: {Tell}", $"api: {Tell}");
        await daemon.SendAsync(CommandKind.Scale, "web=2,api=2");
        var pids = daemon.Names.Select(name => daemon.Info(name).Pid).ToList();

        Assert.Equal(new CommandOutcome(true, "Nothing has changed"), await daemon.SendAsync(CommandKind.Reload, null));

        Assert.Equal(pids, daemon.Names.Select(name => daemon.Info(name).Pid));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("web", "\"web\": expected NAME=NUMBER, as in web=3")]
    [InlineData("", "Expected NAME=NUMBER, as in web=3")]
    [InlineData("nobody=2", "Unknown process: nobody (known: web)")]
    [InlineData("web=-1", "\"web=-1\": expected a number of instances from 0 to 10, because their ports lie between those of two entries")]
    [InlineData("web=11", "\"web=11\": expected a number of instances from 0 to 10, because their ports lie between those of two entries")]
    public async Task A_formation_that_means_nothing_is_refused(string formation, string message)
    {
        await using var daemon = await StartAsync(new PlanOptions(), $"web: {Tell}");

        Assert.Equal(new CommandOutcome(false, message), await daemon.SendAsync(CommandKind.Scale, formation));
    }

    [Fact(Timeout = Timeout)]
    public async Task Failure_declarations_of_an_entry_are_those_of_all_its_instances()
    {
        await using var daemon = await TestDaemon.StartPlannedAsync(
            new PlanOptions(), [("failure_declarations.json", """{"web": [{"pattern": "boom", "action": "stop"}]}""")], TimeProvider.System,
            "web: [ $PS = web ] || echo boom; exec sleep 1000");

        await daemon.SendAsync(CommandKind.Scale, "web=2");

        await daemon.WaitForAsync("web#2", p => p.State == ProcessState.Broken);
        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
    }

    private static Task<TestDaemon> StartAsync(PlanOptions plan, params string[] procfile) =>
        TestDaemon.StartPlannedAsync(plan, [], TimeProvider.System, procfile);
}
