using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Policies;

/// <summary>A process that cannot be started at all.</summary>
public class FailedLaunchTests
{
    private const int Timeout = 120_000;

    private const string InFolder = "processes: {web: {cwd: d}}";

    private readonly SkippableTime _time = new();

    [Fact(Timeout = Timeout)]
    public async Task It_says_which_folder_is_missing()
    {
        await using var daemon = await StartAsync(new PlanOptions(), "web: exec sleep 1000", "api: exec sleep 1000");
        RemoveFolder(daemon);

        Assert.Equal(new CommandOutcome(false, "web: the folder d does not exist"), await daemon.SendAsync(CommandKind.Restart, "web"));

        Assert.Equal((ProcessState.Dead, "the folder d does not exist"), (daemon.Info("web").State, daemon.Info("web").Reason));
        await daemon.WaitForAnyLineAsync("web", text => text == "web: the folder d does not exist");
        MakeFolder(daemon);
        Assert.Equal(new CommandOutcome(true, "Started web"), await daemon.SendAsync(CommandKind.Start, "web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task It_is_tried_again_by_its_restart_rule_until_it_starts()
    {
        await using var daemon = await StartAsync(new PlanOptions { AutoRestart = "web" }, "web: exec sleep 1000");
        RemoveFolder(daemon);
        await daemon.SendAsync(CommandKind.Restart, "web");

        foreach (var (number, seconds) in new[] { 1, 2, 4 }.Index())
        {
            var waiting = await daemon.WaitForAsync("web", p => p.Crashes == number + 1 && p.RestartAt is not null);
            Assert.Contains("the folder d does not exist", waiting.Reason!, StringComparison.Ordinal);
            if (number == 2) MakeFolder(daemon);
            _time.Skip(TimeSpan.FromSeconds(seconds));
        }

        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);
        Assert.Equal(["daemon start", "auto-restart"], daemon.Causes("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stop_ends_the_attempts()
    {
        await using var daemon = await StartAsync(new PlanOptions { AutoRestart = "web" }, "web: exec sleep 1000");
        RemoveFolder(daemon);
        await daemon.SendAsync(CommandKind.Restart, "web");
        await daemon.WaitForAsync("web", p => p.RestartAt is not null);

        Assert.Equal(new CommandOutcome(true, "Stopped web"), await daemon.SendAsync(CommandKind.Stop, "web"));

        Assert.Equal((ProcessState.Stopped, null), (daemon.Info("web").State, daemon.Info("web").RestartAt));
    }

    [Fact(Timeout = Timeout)]
    public async Task Where_the_end_of_one_ends_all_a_start_that_fails_does_so_too()
    {
        await using var daemon = await StartAsync(new PlanOptions { ExitWithAny = true }, "web: exec sleep 1000", "api: exec sleep 1000");
        RemoveFolder(daemon);

        await daemon.SendAsync(CommandKind.Restart, "web");

        Assert.Equal(127, await daemon.Ended);
        using var context = daemon.Database.CreateDbContext();
        Assert.Equal("web could not be started (the folder d does not exist), and the end of one ends all", context.Daemons.Single().EndReason);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_that_is_too_long_for_the_system_is_said_so()
    {
        var much = new string('x', 200_000);
        await using var daemon = await StartAsync(new PlanOptions(), $"web: echo {much}", "api: exec sleep 1000");

        await daemon.WaitForAsync("web", p => p.State == ProcessState.Dead);

        Assert.Equal("its command and variables are longer than the system allows", daemon.Info("web").Reason);
    }

    private Task<TestDaemon> StartAsync(PlanOptions options, params string[] procfile) =>
        TestDaemon.StartPlannedAsync(options, [("overmind-gui.yaml", InFolder), ("d/kept", "")], _time, procfile);

    private static void MakeFolder(TestDaemon daemon) => Directory.CreateDirectory(Path.Combine(daemon.Folder.Root, "d"));

    private static void RemoveFolder(TestDaemon daemon) => Directory.Delete(Path.Combine(daemon.Folder.Root, "d"), recursive: true);
}
