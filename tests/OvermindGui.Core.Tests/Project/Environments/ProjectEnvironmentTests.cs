using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Environments;

public sealed class ProjectEnvironmentTests : IDisposable
{
    private readonly PlanProject _project = new();

    [Fact]
    public void Later_files_beat_earlier_ones_and_all_beat_the_environment()
    {
        var web = _project
            .WithVariable("A", "inherited").WithVariable("INHERITED", "x").WithVariable("OVERMIND_ENV", "one.env, sub/two.env")
            .With("~/.overmind.env", "A=home\nB=home\nC=home\nD=home\nE=home\n")
            .With(".overmind.env", "B=overmind\nC=overmind\nD=overmind\nE=overmind\n")
            .With(".env", "\nC=env\nD=env\nE=env\n")
            .With("one.env", "D=one\nE=one\n")
            .With("sub/two.env", "E=two")
            .Load().Process("web");
        Assert.Equal(new PlannedVariable("home", new SourceLocation("~/.overmind.env", 1)), web.Environment["A"]);
        Assert.Equal(new PlannedVariable("overmind", new SourceLocation(".overmind.env", 1)), web.Environment["B"]);
        Assert.Equal(new PlannedVariable("env", new SourceLocation(".env", 2)), web.Environment["C"]);
        Assert.Equal(new PlannedVariable("one", new SourceLocation("one.env", 1)), web.Environment["D"]);
        Assert.Equal(new PlannedVariable("two", new SourceLocation("sub/two.env", 1)), web.Environment["E"]);
        Assert.False(web.Environment.ContainsKey("INHERITED"));
    }

    [Fact]
    public void Files_may_be_missing()
    {
        var plan = _project.Load();
        Assert.Empty(plan.Problems);
        Assert.Equal(
            [
                Path.Combine(_project.Folder.Root, ".foreman"), Path.Combine(_project.Home, ".overmind.env"),
                Path.Combine(_project.Folder.Root, ".overmind.env"), Path.Combine(_project.Folder.Root, ".env"),
            ],
            plan.EnvironmentFiles);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    public void The_env_file_is_skipped_when_overmind_skip_env_is_set_to_anything(string value)
    {
        var web = _project.WithVariable("OVERMIND_SKIP_ENV", value).With(".env", "A=1").With(".overmind.env", "B=1").Load().Process("web");
        Assert.Equal((null, "1"), (web.Value("A"), web.Value("B")));
    }

    [Fact]
    public void An_overmind_file_can_skip_the_env_file_and_name_another()
    {
        var web = _project.With(".overmind.env", "OVERMIND_SKIP_ENV=1\nOVERMIND_ENV=.env.local").With(".env", "A=1").With(".env.local", "B=1")
            .Load().Process("web");
        Assert.Equal((null, "1"), (web.Value("A"), web.Value("B")));
    }

    [Fact]
    public void Files_of_the_flag_are_read_in_the_place_of_the_variables()
    {
        var web = _project.WithVariable("OVERMIND_ENV", "a.env").With(".env", "X=1").With("a.env", "A=1").With("b.env", "B=1").With("c.env", "B=2")
            .Load(new PlanOptions { Env = "b.env,c.env" }).Process("web");
        Assert.Equal(("1", null, "2"), (web.Value("X"), web.Value("A"), web.Value("B")));
    }

    [Fact]
    public void A_file_that_the_flag_names_has_to_be_there() =>
        Assert.Equal(
            $"--env: there is no file \"x.env\" in {_project.Folder.Root}",
            Assert.Single(_project.Load(new PlanOptions { Env = "x.env" }).Errors()));

    [Fact]
    public void A_file_that_a_variable_names_and_is_not_there_is_reported()
    {
        var plan = _project.With(".overmind.env", "# here\nOVERMIND_ENV=x.env").Load();
        Assert.Equal(
            $"OVERMIND_ENV (.overmind.env line 2): there is no file \"x.env\" in {_project.Folder.Root}", Assert.Single(plan.Warnings()));
        Assert.True(plan.CanStart);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_reported()
    {
        Directory.CreateDirectory(Path.Combine(_project.Folder.Root, ".env"));
        var plan = _project.Load();
        Assert.Equal([".env: cannot be read: it is a folder"], plan.Warnings());
        Assert.True(plan.CanStart);
    }

    [Fact]
    public void A_bad_line_costs_only_itself()
    {
        var plan = _project.With(".env", "A=1\nbad line\nB=2").Load();
        Assert.Equal(("1", "2"), (plan.Process("web").Value("A"), plan.Process("web").Value("B")));
        Assert.StartsWith(".env line 2: ", Assert.Single(plan.Warnings()), StringComparison.Ordinal);
    }

    [Fact]
    public void References_reach_earlier_files_and_the_environment() =>
        Assert.Equal(
            "inherited overmind",
            _project.WithVariable("A", "inherited").With(".overmind.env", "B=overmind").With(".env", "C=$A $B").Load().Process("web").Value("C"));

    public void Dispose() => _project.Dispose();
}
