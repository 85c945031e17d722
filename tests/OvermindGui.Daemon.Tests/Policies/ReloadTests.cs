using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Policies;

/// <summary>Files that change while the processes run.</summary>
public class ReloadTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Only_what_changed_is_touched()
    {
        await using var daemon = await StartAsync(watch: false, "web: echo one; exec sleep 1000", "api: exec sleep 1000", "old: exec sleep 1000");
        await daemon.WaitForLineAsync("web", "one");
        var api = daemon.Info("api").Pid;
        daemon.Save("Procfile", "# a comment moves the lines\nweb: echo two; exec sleep 1000\napi: exec sleep 1000\nnew: exec sleep 1000\n");

        const string Difference = "+ new\n- old\n~ web: command";
        Assert.Equal(new CommandOutcome(true, Difference), await daemon.SendAsync(CommandKind.PreviewReload, null));
        Assert.Equal(["web", "api", "old"], daemon.Names);
        Assert.Equal(new CommandOutcome(true, Difference), await daemon.SendAsync(CommandKind.Reload, null));

        await daemon.WaitForLineAsync("web", "two");
        Assert.Equal(["web", "api", "new"], daemon.Names);
        Assert.Equal((ProcessState.Running, api), (daemon.Info("new").State, daemon.Info("api").Pid));
        Assert.Equal(["daemon start", "reload"], daemon.Causes("web"));
        Assert.Equal("echo two; exec sleep 1000", daemon.Info("web").Command);
        Assert.Equal(new CommandOutcome(true, "Nothing has changed"), await daemon.SendAsync(CommandKind.Reload, null));
    }

    [Fact(Timeout = Timeout)]
    public async Task Warnings_about_the_files_follow_the_files()
    {
        await using var daemon = await StartAsync(watch: false, "web: exec sleep 1000", "nonsense");
        daemon.Save("Procfile", "web: exec sleep 1000\n");
        await UntilAsync(daemon, () => new SystemReader(daemon.Database).Read().ProcfileProblems.Count == 0);

        daemon.Save("Procfile", "web: exec sleep 1000\nstill: exec sleep 1000\nno sense\n");
        await UntilAsync(daemon, () => new SystemReader(daemon.Database).Read().ProcfileProblems is ["Procfile line 3: expected \"name: command\", found \"no sense\""]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Some_of_the_changes_can_be_applied_and_the_others_stay_to_be_applied()
    {
        await using var daemon = await StartAsync(watch: false, "web: exec sleep 1000", "api: exec sleep 1000", "old: exec sleep 1000", "gone: exec sleep 1000");
        var pids = daemon.Names.ToDictionary(name => name, name => daemon.Info(name).Pid);
        daemon.Save("Procfile", "web: exec sleep 1001\napi: exec sleep 1001\nlater: exec sleep 1000\nnew: exec sleep 1000\n");

        Assert.Equal(new CommandOutcome(true, "+ new\n- gone\n~ web: command"), await daemon.SendAsync(CommandKind.Reload, "web,new,gone"));

        Assert.Equal(["web", "api", "new", "old"], daemon.Names);
        Assert.NotEqual(pids["web"], daemon.Info("web").Pid);
        Assert.Equal((pids["api"], pids["old"]), (daemon.Info("api").Pid, daemon.Info("old").Pid));
        Assert.Equal(new CommandOutcome(true, "+ later\n- old\n~ api: command"), await daemon.SendAsync(CommandKind.PreviewReload, null));
        await UntilAsync(daemon, () => Pending(daemon) == "+ later\n- old\n~ api: command");
        var unknown = await daemon.SendAsync(CommandKind.Reload, "nope");
        Assert.False(unknown.Succeeded);
        Assert.StartsWith("Unknown process: nope (known: ", unknown.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_changed_variable_restarts_those_that_have_it_and_is_named_without_its_value()
    {
        await using var daemon = await StartAsync(watch: false, "web: echo color is $COLOR; exec sleep 1000");
        daemon.Save(".env", "COLOR=green-secret\n");

        Assert.Equal(new CommandOutcome(true, "~ web: COLOR"), await daemon.SendAsync(CommandKind.Reload, null));

        await daemon.WaitForLineAsync("web", "color is green-secret");
        daemon.Save(".env", "");
        await daemon.SendAsync(CommandKind.Reload, null);
        await daemon.WaitForLineAsync("web", "color is");
    }

    [Fact(Timeout = Timeout)]
    public async Task What_concerns_a_process_without_its_run_needs_no_restart()
    {
        await using var daemon = await StartAsync(watch: false, "web: trap 'echo interrupted; exit' INT; echo up; while :; do sleep 0.05; done");
        await daemon.WaitForLineAsync("web", "up");
        var pid = daemon.Info("web").Pid;
        daemon.Save("overmind-gui.yaml", "processes: {web: {stop_signal: INT, group: front}}");

        Assert.Equal(
            new CommandOutcome(true, "~ web: stop signal, group (without a restart)"), await daemon.SendAsync(CommandKind.Reload, null));

        Assert.Equal((pid, "front"), (daemon.Info("web").Pid, daemon.Info("web").Group));
        await daemon.SendAsync(CommandKind.Stop, "web");
        Assert.Contains("interrupted", daemon.Output("web").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stopped_process_that_changed_stays_stopped()
    {
        await using var daemon = await StartAsync(watch: false, "web: exec sleep 1000", "api: exec sleep 1000");
        await daemon.SendAsync(CommandKind.Stop, "web");
        daemon.Save("Procfile", "web: exec sleep 2000\napi: exec sleep 1000\n");

        await daemon.SendAsync(CommandKind.Reload, null);

        Assert.Equal(ProcessState.Stopped, daemon.Info("web").State);
        Assert.Single(daemon.Causes("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Files_that_cannot_be_used_are_refused_with_every_reason_and_everything_goes_on()
    {
        await using var daemon = await StartAsync(watch: false, "web: exec sleep 1000");
        var pid = daemon.Info("web").Pid;
        daemon.Save("overmind-gui.yaml", "processes:\n  web: {restart: sometimes}\n  nobody: {}\n");

        var outcome = await daemon.SendAsync(CommandKind.Reload, null);

        Assert.False(outcome.Succeeded);
        Assert.Equal(2, outcome.Message.Split('\n').Length);
        Assert.All(outcome.Message.Split('\n'), line => Assert.StartsWith("overmind-gui.yaml line ", line, StringComparison.Ordinal));
        Assert.Equal(pid, daemon.Info("web").Pid);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_edit_is_noticed_and_reported_but_never_applied_by_itself()
    {
        await using var daemon = await StartAsync(watch: false, "web: exec sleep 1000");
        daemon.Save("Procfile", "web: exec sleep 1000\napi: exec sleep 1000\n");

        await daemon.WaitForWordsAsync("The project's files were changed; `overmind-gui reload` would apply: + api");
        Assert.Equal("+ api", Pending(daemon));
        Assert.Equal(["web"], daemon.Names);

        daemon.Save("Procfile", "web: exec sleep 1000\n");
        await UntilAsync(daemon, () => Pending(daemon) is null);
    }

    [Fact(Timeout = Timeout)]
    public async Task With_watch_an_edit_is_applied()
    {
        await using var daemon = await StartAsync(watch: true, "web: exec sleep 1000");
        daemon.Save("Procfile", "web: exec sleep 1000\napi: exec sleep 1000\n");

        await daemon.WaitForWordsAsync("Reloaded: + api");
        await UntilAsync(daemon, () => daemon.Names.Contains("api"));
        await daemon.WaitForAsync("api", p => p.State == ProcessState.Running);

        daemon.Save("Procfile", "nonsense\n");
        await daemon.WaitForWordsAsync("The project's files were changed; cannot be applied: ");
        Assert.Equal(["web", "api"], daemon.Names);
    }

    private static string? Pending(TestDaemon daemon)
    {
        using var context = daemon.Database.CreateDbContext();
        return PendingReload.Read(context.Daemons.Single().PendingChanges) is { } pending ? string.Join('\n', pending.Lines) : null;
    }

    private static async Task UntilAsync(TestDaemon daemon, Func<bool> condition)
    {
        using var watcher = new OvermindGui.Core.Storage.DatabaseChangeWatcher(daemon.Folder, TimeSpan.FromMilliseconds(100));
        while (!condition()) await watcher.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static Task<TestDaemon> StartAsync(bool watch, params string[] procfile) =>
        TestDaemon.StartPlannedAsync(new PlanOptions(), [], TimeProvider.System, watch, procfile);
}
