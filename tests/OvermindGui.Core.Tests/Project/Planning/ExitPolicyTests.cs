using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Planning;

/// <summary>What the end of a process means, and how it is stopped.</summary>
public sealed class ExitPolicyTests : IDisposable
{
    private readonly PlanProject _project = new();

    [Fact]
    public void Without_an_option_the_others_go_on() => Expect(new PlanOptions(), "", "other processes keep running");

    [Fact]
    public void With_exit_with_any_the_end_of_one_ends_all() =>
        Expect(new PlanOptions { ExitWithAny = true }, "web worker clock", "when a process ends, all are stopped");

    [Fact]
    public void With_can_die_the_end_of_any_other_ends_all() =>
        Expect(new PlanOptions { CanDie = "worker, clock" }, "web", "when a process other than clock, worker ends, all are stopped");

    [Fact]
    public void With_any_can_die_no_end_ends_others() =>
        Expect(new PlanOptions { AnyCanDie = true, CanDie = "web" }, "", "other processes keep running");

    [Fact]
    public void Auto_restart_wins_over_the_end_of_all() =>
        Expect(
            new PlanOptions { ExitWithAny = true, AutoRestart = "web", CanDie = "clock,web" }, "worker",
            "when a process other than clock ends, all are stopped; web is restarted whenever it ends");

    [Fact]
    public void Auto_restart_of_all_leaves_no_end() =>
        Expect(
            new PlanOptions { ExitWithAny = true, AutoRestart = "all" }, "",
            "when a process ends, all are stopped; every process is restarted whenever it ends");

    [Theory]
    [InlineData("OVERMIND_CAN_DIE", "worker,clock")]
    [InlineData("OVERMIND_AUTO_RESTART", "worker,clock")]
    public void The_variables_do_the_same(string variable, string names)
    {
        var plan = _project.With(".overmind.env", $"OVERMIND_GUI_EXIT_WITH_ANY=1\n{variable}={names}").Load();
        Assert.Equal(["web"], plan.Processes.Where(p => p.StopAllOnExit).Select(p => p.Name));
    }

    [Fact]
    public void Any_can_die_of_the_environment_spares_all() =>
        Assert.DoesNotContain(
            _project.WithVariable("OVERMIND_ANY_CAN_DIE", "true").WithVariable("OVERMIND_CAN_DIE", "web").Load().Processes, p => p.StopAllOnExit);

    [Fact]
    public void A_process_that_restarts_always_does_so() =>
        Assert.Equal(
            [RestartRule.Never, RestartRule.Always, RestartRule.Never],
            _project.Load(new PlanOptions { AutoRestart = "worker" }).Processes.Select(p => p.Restart));

    [Theory]
    [InlineData(null, StopSignal.Terminate, StopSignal.Terminate)]
    [InlineData("web=INT,worker=SIGUSR1", StopSignal.Interrupt, StopSignal.User1)]
    [InlineData("web=quit", StopSignal.Quit, StopSignal.Terminate)]
    [InlineData("INT", StopSignal.Interrupt, StopSignal.Interrupt)]
    [InlineData("all=INT, web=KILL", StopSignal.Kill, StopSignal.Interrupt)]
    public void Each_entry_gets_its_stop_signal(string? signals, StopSignal web, StopSignal worker)
    {
        var plan = _project.Load(new PlanOptions { StopSignals = signals });
        Assert.Equal((web, worker), (plan.Process("web").StopSignal, plan.Process("worker").StopSignal));
    }

    [Theory]
    [InlineData("=INT")]
    [InlineData("web=")]
    [InlineData("web=INT=TERM")]
    [InlineData("HUP")]
    public void A_bad_stop_signal_is_refused(string signals) =>
        Assert.Equal(
            [$"--stop-signals: \"{signals}\" is refused; expected \"web=TERM\" with one of {StopSignals.Accepted}"],
            _project.Load(new PlanOptions { StopSignals = signals }).Errors());

    [Fact]
    public void Every_signal_comes_back_from_its_name() =>
        Assert.All(Enum.GetValues<StopSignal>(), signal => Assert.Equal(signal, StopSignals.Parse("sig" + StopSignals.ToText(signal))));

    [Theory]
    [InlineData("HUP")]
    [InlineData("")]
    [InlineData("SIG")]
    [InlineData("9")]
    public void Other_signals_are_none(string name) => Assert.Null(StopSignals.Parse(name));

    [Fact]
    public void Five_seconds_after_the_signal_a_process_is_killed()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), _project.Load().Process("web").StopTimeout);
        Assert.Equal(TimeSpan.FromSeconds(8), _project.WithVariable("OVERMIND_TIMEOUT", "8").Load().Process("web").StopTimeout);
        Assert.Equal(TimeSpan.FromSeconds(1.5), _project.Load(new PlanOptions { Timeout = "1.5" }).Process("web").StopTimeout);
    }

    public void Dispose() => _project.Dispose();

    private void Expect(PlanOptions options, string endsOthers, string rule)
    {
        var plan = _project.Load(options);
        Assert.Equal(endsOthers, string.Join(' ', plan.Processes.Where(p => p.StopAllOnExit).Select(p => p.Name)));
        Assert.Equal(rule, plan.EndRule);
    }
}
