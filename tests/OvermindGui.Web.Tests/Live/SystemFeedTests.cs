using OvermindGui.Core.Processes;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class SystemFeedTests : IDisposable
{
    private readonly StoredProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_killed_daemon_shows_without_being_told()
    {
        _project.WithDatabase().WithLivingDaemon().WithProcess("web");
        await using var run = await _project.StartSystemFeedAsync();
        await UntilAsync(run.Feed, s => s.DaemonAlive && s.Processes is [{ State: ProcessState.Running }]);
        _project.KillDaemon();
        await UntilAsync(run.Feed, s => !s.DaemonAlive && s.Processes is [{ State: ProcessState.Unknown }]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_change_of_state_reaches_every_subscriber()
    {
        _project.WithDatabase().WithLivingDaemon().WithProcess("web");
        await using var run = await _project.StartSystemFeedAsync();
        var first = UntilAsync(run.Feed, s => s.Processes is [{ State: ProcessState.Dead, Exit.Code: 3 }]);
        var second = UntilAsync(run.Feed, s => s.Processes is [{ State: ProcessState.Dead, Exit.Code: 3 }]);
        _project.SetState("web", ProcessState.Dead, 3);
        await first;
        await second;
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_daemon_the_Procfile_as_it_is_now_is_judged()
    {
        await using var run = await _project.StartSystemFeedAsync();
        await UntilAsync(run.Feed, s => s.ProcfileProblems.Count == 1);
        _project.WithProcfile("web: sleep 1\nnot a line\n");
        await UntilAsync(run.Feed, s => s is { ProcfileProblems: [var problem], Processes: [{ Name: "web" }] } && problem.Contains("line 2", StringComparison.Ordinal));
    }

    private static async Task UntilAsync(SystemFeed feed, Predicate<SystemSnapshot> reached)
    {
        await foreach (var snapshot in feed.WatchAsync(TestContext.Current.CancellationToken))
            if (reached(snapshot)) return;
    }
}
