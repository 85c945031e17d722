using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Planning;

/// <summary>Which entries run, and how often.</summary>
public sealed class FormationTests : IDisposable
{
    private readonly PlanProject _project = new();

    [Theory]
    [InlineData("web=2", "web#1 web#2 worker clock")]
    [InlineData("web=1", "web worker clock")]
    [InlineData("worker=0", "web clock")]
    [InlineData("web=2,worker=0,all=1", "web#1 web#2 clock")]
    [InlineData("all=2, web=1", "web worker#1 worker#2 clock#1 clock#2")]
    [InlineData("all=0,web=1", "web")]
    public void An_entry_runs_as_often_as_the_formation_says(string formation, string names)
    {
        Assert.Equal(names, string.Join(' ', _project.Load(new PlanOptions { Formation = formation }).Starting()));
        Assert.Equal(names, string.Join(' ', _project.WithVariable("OVERMIND_FORMATION", formation).Load().Starting()));
    }

    [Fact]
    public void Instances_know_their_entry_and_number() =>
        Assert.Equal(
            [("web#1", "web", 1), ("web#2", "web", 2), ("worker", "worker", 1), ("clock", "clock", 1)],
            _project.Load(new PlanOptions { Formation = "web=2" }).Processes.Select(p => (p.Name, p.Entry, p.Instance)));

    [Theory]
    [InlineData("web=11", "\"web=11\" is refused; expected at most 10 instances, as ports are 100 apart and 10 between instances; raise --port-step")]
    [InlineData("web", "\"web\" is refused; expected entries of the form \"web=2\"")]
    [InlineData("=2", "\"=2\" is refused; expected entries of the form \"web=2\"")]
    [InlineData("web=x", "\"web=x\" is refused; expected a number of instances, 0 or more")]
    [InlineData("web=-1", "\"web=-1\" is refused; expected a number of instances, 0 or more")]
    public void A_bad_formation_is_refused(string formation, string problem) =>
        Assert.Equal([$"--formation: {problem}"], _project.Load(new PlanOptions { Formation = formation }).Errors());

    [Fact]
    public void A_wider_step_allows_more_instances() =>
        Assert.Equal(22, _project.Load(new PlanOptions { Formation = "web=20", PortStep = "200" }).Processes.Count);

    [Theory]
    [InlineData("web,clock", null, "web clock", "left out by --processes")]
    [InlineData(null, "worker", "web clock", "left out by --ignored-processes")]
    [InlineData("web,worker,clock", "worker", "web clock", "left out by --ignored-processes")]
    public void Only_those_that_are_chosen_start_and_exclusion_wins(string? only, string? except, string starting, string reason)
    {
        var plan = _project.Load(new PlanOptions { Only = only, Except = except });
        Assert.Equal(starting, string.Join(' ', plan.Starting()));
        Assert.Equal(reason, plan.Process("worker").NotStartedReason);
        Assert.Equal(["web", "worker", "clock"], plan.Processes.Select(p => p.Name));
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public void The_choice_can_come_from_variables()
    {
        var plan = _project.With(".overmind.env", "OVERMIND_PROCESSES=web,worker\nOVERMIND_IGNORED_PROCESSES=worker").Load();
        Assert.Equal(["web"], plan.Starting());
        Assert.Equal("left out by OVERMIND_IGNORED_PROCESSES (.overmind.env line 2)", plan.Process("worker").NotStartedReason);
        Assert.Equal("left out by OVERMIND_PROCESSES (.overmind.env line 1)", plan.Process("clock").NotStartedReason);
    }

    [Fact]
    public void The_choice_takes_original_names_and_means_all_instances()
    {
        var plan = _project.Load(new PlanOptions { Only = "web", Formation = "all=2" });
        Assert.Equal(["web#1", "web#2"], plan.Starting());
        Assert.Equal(6, plan.Processes.Count);
    }

    [Fact]
    public void An_entry_of_no_instances_is_listed_with_the_reason() =>
        Assert.Equal("0 instances by --formation", _project.Load(new PlanOptions { Formation = "worker=0" }).Process("worker").NotStartedReason);

    [Fact]
    public void A_name_that_is_not_there_is_reported_with_those_that_are()
    {
        var plan = _project.WithVariable("OVERMIND_CAN_DIE", "x3").Load(new PlanOptions
        {
            Only = "x1,web",
            Except = "x2",
            Formation = "x4=2",
            AutoRestart = "x5",
            StopSignals = "x6=INT",
        });
        string Unknown(string place, string name) => $"{place}: no entry \"{name}\" in Procfile; there are: web, worker, clock";
        Assert.Equal(
            [
                Unknown("--processes", "x1"), Unknown("--ignored-processes", "x2"), Unknown("OVERMIND_CAN_DIE", "x3"), Unknown("--auto-restart", "x5"),
                Unknown("--formation", "x4"), Unknown("--stop-signals", "x6"),
            ],
            plan.Warnings());
        Assert.Equal(["web"], plan.Starting());
    }

    [Theory]
    [InlineData("nobody", null)]
    [InlineData("web", "all=0")]
    public void A_plan_of_which_nothing_runs_is_refused(string only, string? formation) =>
        Assert.Equal(
            ["Procfile: no processes to run: every entry is left out"],
            _project.Load(new PlanOptions { Only = only, Formation = formation }).Errors());

    public void Dispose() => _project.Dispose();
}
