using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Planning;

public sealed class PlanDifferenceTests : IDisposable
{
    private readonly PlanProject _project = new();

    [Fact]
    public void Processes_that_come_and_go_are_named()
    {
        var difference = Change(() => _project.With("Procfile", "web: bin/web\nworker: bin/worker\nmail: bin/mail\n"));
        Assert.Equal(["mail"], difference.Added.Select(p => p.Name));
        Assert.Equal(["clock"], difference.Removed.Select(p => p.Name));
        Assert.Empty(difference.Changed);
    }

    [Fact]
    public void A_changed_command_is_reported()
    {
        var change = Assert.Single(Change(() => _project.With("Procfile", "web: bin/web\nworker: bin/worker --fast\nclock: bin/clock\n")).Changed);
        Assert.Equal(("bin/worker", "bin/worker --fast"), (change.Before.Command, change.After.Command));
        Assert.Equal(["command"], change.What);
        Assert.True(change.NeedsRestart);
    }

    [Fact]
    public void Names_of_variables_are_shown_and_never_their_values()
    {
        _project.With(".env", "A=1\nB=2\nSAME=1");
        var difference = Change(() => _project.With(".env", "A=2\nC=3\nSAME=1"));
        Assert.Equal(3, difference.Changed.Count);
        Assert.All(difference.Changed, c => Assert.Equal(["A", "B", "C"], c.What));
    }

    [Fact]
    public void An_entry_in_between_moves_the_ports_of_those_behind()
    {
        var difference = Change(() => _project.With("Procfile", "web: bin/web\nmail: bin/mail\nworker: bin/worker\nclock: bin/clock\n"));
        Assert.Equal(["mail"], difference.Added.Select(p => p.Name));
        Assert.Equal(
            ["port 5100 → 5200", "OVERMIND_PROCESS_clock_PORT"], Assert.Single(difference.Changed, c => c.After.Name == "worker").What);
        Assert.Equal(
            ["OVERMIND_PROCESS_clock_PORT", "OVERMIND_PROCESS_worker_PORT"], Assert.Single(difference.Changed, c => c.After.Name == "web").What);
    }

    [Fact]
    public void What_counts_at_once_needs_no_restart()
    {
        var difference = Change(() => _project.With(
            ".overmind.env", "OVERMIND_STOP_SIGNALS=web=INT\nOVERMIND_TIMEOUT=9\nOVERMIND_IGNORED_PROCESSES=clock\nOVERMIND_AUTO_RESTART=web\n"));
        var web = Assert.Single(difference.Changed, c => c.After.Name == "web");
        Assert.Equal(["restart", "stop signal", "stop timeout"], web.What);
        Assert.False(web.NeedsRestart);
        Assert.Contains("left out", Assert.Single(difference.Changed, c => c.After.Name == "clock").Handling);
    }

    [Fact]
    public void Comments_and_blank_lines_change_nothing() =>
        Assert.True(Change(() => _project.With("Procfile", "# new\n\nweb: bin/web\nworker: bin/worker\nclock: bin/clock\n").With(".env", "# new")).IsEmpty);

    public void Dispose() => _project.Dispose();

    private PlanDifference Change(Action edit)
    {
        var before = _project.Load();
        edit();
        return PlanDifference.Between(before, _project.Load());
    }
}
