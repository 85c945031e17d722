using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Planning;

/// <summary><c>.foreman</c> holds defaults, below everything else that can be said.</summary>
public sealed class ForemanFileTests : IDisposable
{
    private readonly PlanProject _project = new();

    [Fact]
    public void Every_option_of_it_counts()
    {
        var plan = _project.With("Procfile.dev", "web: bin/web\nworker: bin/worker\n").With("dev.env", "A=1\n").With(".env", "A=2\nB=2\n")
            .With(".foreman", "# foreman\nprocfile: Procfile.dev\nport: 3000\nenv: dev.env\nformation: web=2\nroot: app\ntimeout: 30\ncolor: true\n").Load();

        Assert.Equal(["web#1", "web#2"], plan.Starting());
        Assert.Equal("0 instances by .foreman line 5", plan.Process("worker").NotStartedReason);
        var web = plan.Process("web#1");
        Assert.Equal((3000, "1", null), (web.Port, web.Value("A"), web.Value("B")));
        Assert.Equal((Path.Combine(_project.Folder.Root, "app"), TimeSpan.FromSeconds(30)), (web.WorkingDirectory, web.StopTimeout));
        Assert.Empty(plan.Errors());
        Assert.Contains(Path.Combine(_project.Folder.Root, ".foreman"), plan.EnvironmentFiles);
        Assert.Equal(
            ["--base-port=3000 by .foreman line 3", "--procfile=Procfile.dev by .foreman line 2"],
            plan.Settings.Configured.Where(g => g.Option is "--procfile" or "--base-port").Select(g => $"{g.Option}={g.Value.Value} by {g.Value.Place}").Order());
    }

    [Fact]
    public void A_flag_and_a_variable_beat_it()
    {
        _project.With(".foreman", "port: 3000\ntimeout: 30\nformation: web=2,all=1\n").With(".overmind.env", "OVERMIND_PORT=4000\n");

        var web = _project.Load(new PlanOptions { Timeout = "7" }).Process("web#1");

        Assert.Equal((4000, TimeSpan.FromSeconds(7)), (web.Port, web.StopTimeout));
        Assert.Equal(4, _project.Load().Starting().Length);
    }

    [Theory]
    [InlineData("port: abc\n", ".foreman line 1: \"abc\" is refused; expected a number from 0 to 65535", ProblemSeverity.Error)]
    [InlineData("port: [1]\n", ".foreman line 1: port: expected a text or a number, found a list", ProblemSeverity.Warning)]
    [InlineData("nonsense\n", ".foreman line 1: expected lines such as \"port: 3000\", found \"nonsense\"", ProblemSeverity.Warning)]
    [InlineData("a: {\n", ".foreman line 2: not YAML: ", ProblemSeverity.Warning)]
    [InlineData("env: missing.env\n", ".foreman line 1: there is no file \"missing.env\"", ProblemSeverity.Warning)]
    [InlineData("procfile: Procfile.nope\n", "Procfile.nope: there is no file ", ProblemSeverity.Error)]
    public void What_cannot_be_used_is_reported_with_its_line(string text, string message, ProblemSeverity severity) =>
        Assert.StartsWith(message, Assert.Single(_project.With(".foreman", text).Load().Texts(severity)), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("verbose: true\nport:\n")]
    public void What_says_nothing_changes_nothing(string text)
    {
        var plan = _project.With(".foreman", text).Load();
        Assert.Empty(plan.Problems);
        Assert.Equal(5000, plan.Process("web").Port);
    }

    public void Dispose() => _project.Dispose();
}
