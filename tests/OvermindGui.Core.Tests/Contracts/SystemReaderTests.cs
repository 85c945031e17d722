using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Contracts;

public sealed class SystemReaderTests : IDisposable
{
    private readonly TempProject _project = new();
    private readonly SystemReader _reader;

    public SystemReaderTests() => _reader = new SystemReader(_project.Client);

    [Fact]
    public void Without_a_database_the_procfile_speaks()
    {
        var snapshot = Read("web: serve\nbad line\nworker: work");
        Assert.False(snapshot.DaemonAlive);
        Assert.Equal(
            [("web", 0, "serve", ProcessState.Stopped), ("worker", 1, "work", ProcessState.Stopped)],
            snapshot.Processes.Select(p => (p.Name, p.Position, p.Command, p.State)));
        Assert.Equal(["Procfile line 2: expected \"name: command\", found \"bad line\""], snapshot.ProcfileProblems);
    }

    [Fact]
    public void Without_a_procfile_the_reason_is_a_problem()
    {
        var snapshot = _reader.Read();
        Assert.Empty(snapshot.Processes);
        Assert.Contains(_project.Folder.Procfile, Assert.Single(snapshot.ProcfileProblems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_daemon_that_is_just_starting_has_no_processes_yet()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder);
        var snapshot = Read("web: serve");
        Assert.True(snapshot.DaemonAlive);
        Assert.Empty(snapshot.Processes);
    }

    [Fact]
    public void A_living_daemon_is_believed()
    {
        _project.WithDatabase("first\nsecond", "set aside")
            .WithProcess("web", ProcessState.Running).WithProcess("worker", ProcessState.Dead, 137);
        _project.Append("web", "x");
        _project.Execute("UPDATE processes SET line_count = 5");
        using var held = DaemonLock.TryAcquire(_project.Folder);

        var snapshot = Read("other: x");
        Assert.Equal((true, 4711, 5L, "set aside"), (snapshot.DaemonAlive, snapshot.DaemonPid, snapshot.LineCount, snapshot.Warning));
        Assert.Equal(["first", "second"], snapshot.ProcfileProblems);
        Assert.Equal(
            [
                new("web", 0, "run web", ProcessState.Running, 4712, DateTimeOffset.FromUnixTimeMilliseconds(1_000_500), null, 5),
                new ProcessInfo(
                    "worker", 1, "run worker", ProcessState.Dead, null, DateTimeOffset.FromUnixTimeMilliseconds(1_000_500),
                    new ExitStatus(137), 0),
            ],
            snapshot.Processes);
    }

    [Fact]
    public void Without_its_daemon_the_state_of_a_process_is_unknown()
    {
        _project.WithDatabase("old").WithProcess("web", ProcessState.Running).WithProcess("a", ProcessState.Stopping)
            .WithProcess("worker", ProcessState.Stopped).WithProcess("broken", ProcessState.Broken);
        using (DaemonLock.TryAcquire(_project.Folder)) Assert.Equal(ProcessState.Running, _reader.Read().Processes[0].State);

        var snapshot = Read("web: serve");
        Assert.False(snapshot.DaemonAlive);
        Assert.Equal(
            [ProcessState.Unknown, ProcessState.Unknown, ProcessState.Stopped, ProcessState.Broken], snapshot.Processes.Select(p => p.State));
        Assert.All(snapshot.Processes, p => Assert.Null(p.Pid));
        Assert.Empty(snapshot.ProcfileProblems);
    }

    [Fact]
    public void Without_its_daemon_nothing_waits_or_comes_back()
    {
        _project.WithDatabase().WithProcess("late", ProcessState.Waiting).WithProcess("flaky", ProcessState.Waiting, 1)
            .WithProcess("loop", ProcessState.CrashLoop, 1).WithProcess("cron", ProcessState.Waiting, 0);
        Assert.Equal(
            [ProcessState.Stopped, ProcessState.Dead, ProcessState.Dead, ProcessState.Exited],
            Read("late: x\nflaky: x\nloop: x\ncron: x").Processes.Select(p => p.State));
    }

    [Fact]
    public void What_a_reload_would_change_is_reported_while_the_daemon_lives_and_its_end_afterwards()
    {
        _project.WithDatabase().WithProcfile("web: x");
        var pending = new PendingReload([new(PendingChangeKind.Added, "a", ""), new(PendingChangeKind.Removed, "b", "")], []).Write();
        _project.Execute($$"""UPDATE daemons SET pending_changes = '{{pending}}', end_reason = 'web ended', options = '{"Formation":"web=2"}'""");
        using (DaemonLock.TryAcquire(_project.Folder))
        {
            var living = _reader.Read();
            Assert.Equal(["+ a", "- b"], living.Pending!.Lines);
            Assert.Equal((null, "web=2"), (living.EndReason, living.Options.Formation));
            Assert.True(living.SameAs(_reader.Read()));
            _project.Execute("UPDATE daemons SET pending_changes = '+ a, as an older daemon wrote it'");
            Assert.False(living.SameAs(_reader.Read()));
        }

        Assert.Equal((null, "web ended"), (_reader.Read().Pending, _reader.Read().EndReason));
    }

    [Fact]
    public void Equal_snapshots_are_the_same_and_others_are_not()
    {
        _project.WithDatabase().WithProcess("web", ProcessState.Running).WithProcfile("web: x");
        var before = _reader.Read();
        Assert.True(before.SameAs(_reader.Read()));
        _project.Execute("UPDATE process_status SET status = 'stopped'");
        Assert.False(before.SameAs(_reader.Read()));
    }

    public void Dispose() => _project.Dispose();

    private SystemSnapshot Read(string procfile)
    {
        _project.WithProcfile(procfile);
        return _reader.Read();
    }
}
