using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Planning;

public sealed class ProjectPlanTests : IDisposable
{
    private readonly PlanProject _project = new("web: bin/web\nbad line\n  worker: bin/worker\n");

    [Fact]
    public void Processes_come_in_the_order_of_the_procfile_with_their_commands() =>
        Assert.Equal(
            [("web", "bin/web", 1, _project.Folder.Root), ("worker", "bin/worker", 3, _project.Folder.Root)],
            _project.Load().Processes.Select(p => (p.Name, p.Command, p.Line, p.WorkingDirectory)));

    [Fact]
    public void A_bad_line_is_a_warning_and_what_only_overmind_skips_a_hint()
    {
        var plan = _project.Load();
        Assert.True(plan.CanStart);
        Assert.Equal(["Procfile line 2: expected \"name: command\", found \"bad line\""], plan.Warnings());
        Assert.StartsWith("Procfile line 3: \"worker\" runs here, but ", Assert.Single(plan.Texts(ProblemSeverity.Hint)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_procfile_of_no_entries_is_refused_with_the_reasons_of_its_lines()
    {
        var plan = _project.With("Procfile", "nonsense\nmore\n").Load(new PlanOptions { Only = "web" });
        Assert.False(plan.CanStart);
        Assert.Equal(["Procfile line 1", "Procfile line 2", "Procfile"], plan.Problems.Select(p => p.Place));
        Assert.Equal(3, plan.Errors().Length);
    }

    [Fact]
    public void A_missing_procfile_is_refused()
    {
        File.Delete(_project.Folder.Procfile);
        var plan = _project.Load();
        Assert.Equal([$"Procfile: there is no file {_project.Folder.Procfile}; expected one of lines \"name: command\""], plan.Errors());
        Assert.Empty(plan.Processes);
    }

    [Theory]
    [InlineData("sub", "is a folder")]
    [InlineData("", "is a folder")]
    [InlineData("/", "is a folder")]
    [InlineData("no/such/file", "there is no file")]
    public void A_procfile_that_cannot_be_read_is_refused(string path, string reason)
    {
        Directory.CreateDirectory(Path.Combine(_project.Folder.Root, "sub"));
        Assert.Contains(reason, Assert.Single(_project.Load(new PlanOptions { Procfile = path }).Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_procfile_runs_in_its_own_folder_unless_a_root_is_given()
    {
        _project.With("config/Procfile.dev", "api: bin/api\nbad\n").With(".env", "OVERMIND_PROCFILE=config/Procfile.dev");
        var plan = _project.Load();
        Assert.Equal(Path.Combine(_project.Folder.Root, "config"), plan.Process("api").WorkingDirectory);
        Assert.StartsWith("config/Procfile.dev line 2: ", Assert.Single(plan.Warnings()), StringComparison.Ordinal);
        Assert.Equal(_project.Folder.Root, _project.Load(new PlanOptions { Root = "." }).Process("api").WorkingDirectory);
        Assert.Equal(["web", "worker"], _project.Load(new PlanOptions { Procfile = "Procfile" }).Starting());
    }

    [Fact]
    public void Overrides_change_a_process_before_others_learn_its_port()
    {
        var plan = _project.Load(overrides: process => process.Entry == "web"
            ? process with { Port = 8080, Environment = new Dictionary<string, PlannedVariable> { ["PS"] = new("x", new SourceLocation("overmind-gui.yaml", 7)) } }
            : process);
        Assert.Equal(("8080", "x"), (plan.Process("web").Value("PORT"), plan.Process("web").Value("PS")));
        Assert.Equal("8080", plan.Process("worker").Value("OVERMIND_PROCESS_web_PORT"));
    }

    [Fact]
    public void No_message_holds_a_control_character()
    {
        var plan = _project.With("Procfile", "web: x\n\e[2J\n").With(".env", "OVERMIND_ENV=\"\e]0;x\u0007\"")
            .Load(new PlanOptions { Only = "web,\e[31m", Formation = "\a=x", BasePort = "\r\n" });
        Assert.InRange(plan.Problems.Count, 5, 9);
        Assert.All(plan.Problems, p => Assert.DoesNotContain(p.ToString(), char.IsControl));
    }

    [Fact]
    public void The_same_files_and_options_give_the_same_plan()
    {
        var options = new PlanOptions { Formation = "all=2", CanDie = "web" };
        Assert.True(PlanDifference.Between(_project.Load(options), _project.Load(options)).IsEmpty);
    }

    public void Dispose() => _project.Dispose();
}
