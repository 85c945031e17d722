using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Settings;

public sealed class SideFileCheckTests : IDisposable
{
    private readonly TempProject _project = new();

    [Fact]
    public void Names_that_the_Procfile_has_not_are_refused_with_those_it_has() => Assert.Equal(
        [
            "overmind-gui.yaml line 2, column 3: no process \"wbe\" in the Procfile (did you mean \"web\"?); there are: web, api, db",
            "overmind-gui.yaml line 3, column 22: web.depends_on: no process \"redis\" in the Procfile; there are: web, api, db",
        ],
        Check("processes:\n  wbe: {}\n  web: {depends_on: [redis]}\n").Select(p => p.ToString()));

    [Fact]
    public void A_cycle_is_refused_with_its_path() => Assert.Equal(
        "overmind-gui.yaml line 2, column 22: web.depends_on: a cycle, so that none could start: web → api → db → web",
        Assert.Single(Check("""
            processes:
              web: {depends_on: [api]}
              api: {depends_on: {db: started}}
              db: {depends_on: [web]}
            """)).ToString());

    [Fact]
    public void A_process_that_depends_on_itself_is_a_cycle() => Assert.EndsWith(
        ": web → web", Assert.Single(Check("processes: {web: {depends_on: [web]}}")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_that_is_not_there_is_reported_with_its_path()
    {
        var problem = Assert.Single(Check("processes: {web: {cwd: front/end}}"));
        Assert.Equal(new SourceLocation("overmind-gui.yaml", 1, 24), problem.Location);
        Assert.Equal($"web.cwd: expected a folder, found none at {_project.Folder.Root}/front/end", problem.Message);
        Directory.CreateDirectory(Path.Combine(_project.Folder.Root, "front/end"));
        Assert.Empty(Check("processes: {web: {cwd: front/end}}"));
    }

    [Fact]
    public void Waiting_for_the_end_of_what_is_not_one_shot_is_a_warning()
    {
        var problem = Assert.Single(Check("processes: {web: {depends_on: {db: completed}}}"));
        Assert.Equal(ProblemSeverity.Warning, problem.Severity);
        Assert.StartsWith("web.depends_on: db is not one_shot", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Check("processes: {web: {depends_on: {db: completed}}, db: {one_shot: true}}"));
    }

    public void Dispose() => _project.Dispose();

    private IReadOnlyList<Problem> Check(string yaml)
    {
        var file = ProjectSettingsFile.Parse(Encoding.UTF8.GetBytes(yaml));
        Assert.Empty(file.Problems);
        return file.FindProblems(["web", "api", "db"], _project.Folder.Root);
    }
}
