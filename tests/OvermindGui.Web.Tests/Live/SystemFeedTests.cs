using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class SystemFeedTests : IDisposable
{
    private const int Timeout = 60_000;

    private readonly StoredProject _project = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _project.Dispose();

    [Fact(Timeout = Timeout)]
    public async Task It_sends_what_is_there()
    {
        _project.WithDatabase(problems: "Procfile line 3: no command", warning: "set aside")
            .WithProcess("web").WithProcess("api", ProcessState.Dead, exitCode: 3).WithLivingDaemon().Append("web", "one", "two");
        await using var running = await RunningSystemFeed.StartAsync(_project, Cancellation);

        var snapshot = await running.WaitForAsync(_ => true, Cancellation);

        Assert.True(snapshot.DaemonAlive);
        Assert.Equal(Environment.ProcessId, snapshot.DaemonPid);
        Assert.Equal(["web", "api"], snapshot.Processes.Select(p => p.Name));
        Assert.Equal(new ExitStatus(3), snapshot.Processes[1].Exit);
        Assert.Equal(2, snapshot.LineCount);
        Assert.Equal(["Procfile line 3: no command"], snapshot.ProcfileProblems);
        Assert.Equal("set aside", snapshot.Warning);
    }

    [Fact(Timeout = Timeout)]
    public async Task It_sends_differences_only()
    {
        _project.WithDatabase().WithProcess("web").WithLivingDaemon();
        await using var running = await RunningSystemFeed.StartAsync(_project, Cancellation);
        await running.WaitForAsync(s => StateOf(s) == ProcessState.Running, Cancellation);

        foreach (var state in (ProcessState[])[ProcessState.Stopping, ProcessState.Stopped, ProcessState.Starting, ProcessState.Broken])
        {
            Touch();
            _project.SetState("web", state);
            Touch();
            await running.WaitForAsync(s => StateOf(s) == state, Cancellation);
        }

        Assert.Equal(
            [ProcessState.Running, ProcessState.Stopping, ProcessState.Stopped, ProcessState.Starting, ProcessState.Broken],
            running.Sent.Select(StateOf));
    }

    [Fact(Timeout = Timeout)]
    public async Task Counts_alone_are_sent_once_a_second()
    {
        var time = new ManualTime();
        _project.WithDatabase().WithProcess("web").WithLivingDaemon();
        await using var running = await RunningSystemFeed.StartAsync(_project, Cancellation, time);
        await running.WaitForAsync(_ => true, Cancellation);

        foreach (var text in (string[])["one", "two"])
        {
            var asked = time.Asked;
            _project.Append("web", text);
            await Eventually.TrueAsync(() => time.Asked != asked); // it has seen the line and looks at the clock
        }

        time.Advance(TimeSpan.FromSeconds(1));
        var snapshot = await running.WaitForAsync(s => s.LineCount == 2, Cancellation);
        Assert.Equal(2, snapshot.Processes[0].LineCount);
        Assert.Equal([0, 2], running.Sent.Select(s => s.LineCount));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_whose_lock_is_released_is_not_alive()
    {
        _project.WithDatabase().WithProcfile("web: run web\n").WithProcess("web").WithLivingDaemon();
        await using var running = await RunningSystemFeed.StartAsync(_project, Cancellation);
        await running.WaitForAsync(s => s.DaemonAlive, Cancellation);

        _project.KillDaemon();

        var snapshot = await running.WaitForAsync(s => !s.DaemonAlive, Cancellation);
        Assert.Equal(ProcessState.Unknown, StateOf(snapshot));
        Assert.Null(snapshot.Processes[0].Pid);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_comes_later_is_noticed()
    {
        _project.WithProcfile("web: run web\n");
        await using var running = await RunningSystemFeed.StartAsync(_project, Cancellation);
        var before = await running.WaitForAsync(_ => true, Cancellation);

        _project.WithLivingDaemon().WithDatabase().WithProcess("web");

        Assert.False(before.DaemonAlive);
        await running.WaitForAsync(s => s.DaemonAlive && s.Processes.Count == 1 && StateOf(s) == ProcessState.Running, Cancellation);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_edited_Procfile_is_noticed_while_no_daemon_lives()
    {
        _project.WithProcfile("web: run web\n");
        await using var running = await RunningSystemFeed.StartAsync(_project, Cancellation);
        await running.WaitForAsync(s => s.Processes.Count == 1, Cancellation);

        _project.WithProcfile("web: run web\napi: run api\nnonsense\n");

        var snapshot = await running.WaitForAsync(s => s.Processes.Count == 2, Cancellation);
        Assert.Equal(["web", "api"], snapshot.Processes.Select(p => p.Name));
        Assert.Contains("line 3", Assert.Single(snapshot.ProcfileProblems), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_new_subscriber_gets_the_current_snapshot()
    {
        _project.WithDatabase().WithProcess("web").WithLivingDaemon();
        await using var running = await RunningSystemFeed.StartAsync(_project, Cancellation);
        var current = await running.WaitForAsync(_ => true, Cancellation);
        await running.Feed.StopAsync(Cancellation); // whatever comes now is not news

        await foreach (var snapshot in running.Feed.WatchAsync(Cancellation))
        {
            Assert.Same(current, snapshot);
            return;
        }

        Assert.Fail("no snapshot came");
    }

    private static ProcessState StateOf(SystemSnapshot snapshot) => snapshot.Processes[0].State;

    // Notifies without a difference that a reader could see.
    private void Touch()
    {
        using var context = _project.Owner.CreateDbContext();
        context.Statuses.ExecuteUpdate(s => s.SetProperty(p => p.UpdatedAt, p => p.UpdatedAt + 1));
    }
}
