using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Settings;

public sealed class SideFilePlanTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithProcfile("db: bin/db\nweb: bin/web\n");

    [Fact]
    public void A_plan_is_made_of_the_procfile_and_the_side_file()
    {
        var plan = Load("""
            processes:
              db: {ready: {tcp: $PORT}}
              web: {depends_on: [db], ready: {http: /health}, env: {MODE: fast}}
            """);
        Assert.Empty(plan.Problems);
        var (db, web) = (plan.Processes[0], plan.Processes[1]);
        Assert.Equal(db.Port, Assert.IsType<TcpReady>(db.Ready).Port);
        Assert.Equal(web.Port, Assert.IsType<HttpReady>(web.Ready).Url.Port);
        Assert.Equal([new Dependency("db", DependencyCondition.Ready)], web.DependsOn);
        Assert.Equal(new PlannedVariable("fast", new SourceLocation("overmind-gui.yaml", 3)), web.Environment["MODE"]);
        Assert.Equal(Path.Combine(_project.Folder.Root, "overmind-gui.yaml"), plan.ProjectSettingsFile);
    }

    [Fact]
    public void Its_problems_are_among_those_of_the_plan_and_nothing_starts()
    {
        var plan = Load("processes:\n  wbe: {}\n  web: {depends_on: {db: completed}}\n");
        Assert.False(plan.CanStart);
        Assert.Equal(
            [(ProblemSeverity.Error, "overmind-gui.yaml line 2, column 3"), (ProblemSeverity.Warning, "overmind-gui.yaml line 3, column 22")],
            plan.Problems.Select(p => (p.Severity, p.Place)));
    }

    [Fact]
    public void An_option_that_names_a_process_beats_it_and_one_for_all_does_not()
    {
        const string yaml = "processes:\n  web: {stop_signal: QUIT, restart: no}\n";
        var named = Load(yaml, new PlanOptions { StopSignals = "web=USR1", AutoRestart = "web" }).Processes[1];
        Assert.Equal((StopSignal.User1, RestartRule.Always), (named.StopSignal, named.Restart));
        var all = Load(yaml, new PlanOptions { StopSignals = "INT", AutoRestart = "all" }).Processes;
        Assert.Equal((StopSignal.Interrupt, RestartRule.Always), (all[0].StopSignal, all[0].Restart));
        Assert.Equal((StopSignal.Quit, RestartRule.Never), (all[1].StopSignal, all[1].Restart));
    }

    [Fact]
    public void A_path_needs_a_port() => Assert.Equal(
        "web.ready.http: expected variables that the process has; it has no PORT, found \"/health\"",
        Assert.Single(Load("processes: {web: {ready: {http: /health}}}", new PlanOptions { NoPort = true }).Problems).Message);

    [Fact]
    public void A_dependency_that_is_left_out_is_reported()
    {
        var plan = Load("processes: {web: {depends_on: [db]}}", new PlanOptions { Only = "web" });
        Assert.True(plan.CanStart);
        Assert.Equal("overmind-gui.yaml: web does not wait for db, which is left out", Assert.Single(plan.Problems).ToString());
    }

    [Fact]
    public void It_stands_beside_the_procfile_that_is_used()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_project.Folder.Root, "config", "front")).Parent!.FullName;
        File.WriteAllText(Path.Combine(folder, "Procfile.dev"), "web: bin/web\n");
        File.WriteAllText(Path.Combine(folder, "overmind-gui.yaml"), "processes: {web: {cwd: front}}");
        var plan = Load("processes: {nobody: {}}", new PlanOptions { Procfile = "config/Procfile.dev", Root = "." });
        Assert.Empty(plan.Problems);
        Assert.Equal(Path.Combine(folder, "front"), plan.Processes[0].WorkingDirectory);
    }

    public void Dispose() => _project.Dispose();

    private ProjectPlan Load(string yaml, PlanOptions? options = null)
    {
        File.WriteAllText(Path.Combine(_project.Folder.Root, "overmind-gui.yaml"), yaml);
        return ProjectPlan.Load(new ProjectFolder(_project.Folder.Root), options ?? new PlanOptions(), _ => null, home: "");
    }
}
