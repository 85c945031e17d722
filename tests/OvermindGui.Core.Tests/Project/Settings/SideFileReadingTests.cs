using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Tests.Project.Settings;

public class SideFileReadingTests
{
    [Theory]
    [MemberData(nameof(Documents.Accepted), MemberType = typeof(Documents))]
    public void A_document_of_the_schema_has_no_problems(string yaml) => Assert.Empty(Parse(yaml).Problems);

    [Fact]
    public void Every_setting_is_read()
    {
        var file = Parse(Documents.Full);

        Assert.Equal(["db", "migrate", "web", "worker"], file.Processes.Keys);
        var (db, migrate, web) = (file.Processes["db"], file.Processes["migrate"], file.Processes["web"]);
        Assert.Equal(
            new ReadySetting(ReadyKind.Tcp, "5432", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), new SourceLocation("overmind-gui.yaml", 4, 18)), db.Ready);
        Assert.Equal((StopSignal.Interrupt, TimeSpan.FromSeconds(30), "data"), (db.StopSignal, db.StopTimeout, db.Group));
        Assert.Equal([new DependencySetting("db", null, new SourceLocation("overmind-gui.yaml", 9, 18))], migrate.DependsOn);
        Assert.True(migrate.OneShot);
        Assert.Equal(
            [("db", DependencyCondition.Ready), ("migrate", DependencyCondition.Completed), ("worker", DependencyCondition.Started)],
            web.DependsOn.Select(d => (d.Entry, d.Condition)));
        Assert.Equal(
            new ReadySetting(ReadyKind.Http, "/health", TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1), new SourceLocation("overmind-gui.yaml", 17, 13)), web.Ready);
        Assert.Equal((RestartRule.OnFailure, false), (web.Restart, web.Pty));
        Assert.Equal(new PlacedText("frontend", new SourceLocation("overmind-gui.yaml", 20, 10)), web.WorkingDirectory);
        Assert.Equal(new ProcessSettings(new SourceLocation("overmind-gui.yaml", 27, 3)).Restart, file.Processes["worker"].Restart);
    }

    [Fact]
    public void Variables_are_their_text_as_written_and_know_their_line() => Assert.Equal(
        [
            ("RETRIES", new PlannedVariable("3", new SourceLocation("overmind-gui.yaml", 22))),
            ("RATIO", new PlannedVariable("1.50", new SourceLocation("overmind-gui.yaml", 23))),
            ("DEBUG", new PlannedVariable("true", new SourceLocation("overmind-gui.yaml", 24))),
            ("EMPTY", new PlannedVariable("", new SourceLocation("overmind-gui.yaml", 25))),
            ("GREETING", new PlannedVariable("no: thing", new SourceLocation("overmind-gui.yaml", 26))),
        ],
        Parse(Documents.Full).Processes["web"].Environment.Select(v => (v.Key, v.Value)));

    [Theory]
    [InlineData("2", 2_000)]
    [InlineData("0.5", 500)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1_500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    public void A_time_is_a_number_of_seconds_or_has_its_unit(string text, int milliseconds) => Assert.Equal(
        TimeSpan.FromMilliseconds(milliseconds), Parse(Documents.Web($"timeout: {text}")).Processes["web"].StopTimeout);

    [Fact]
    public void An_alias_stands_for_what_it_names()
    {
        var file = Parse("processes:\n  a: &common\n    group: x\n  b: *common\n");
        Assert.Equal("x", file.Processes["b"].Group);
        Assert.Equal(new SourceLocation("overmind-gui.yaml", 4, 3), file.Processes["b"].Place);
    }

    [Fact]
    public void Without_a_file_nothing_is_said()
    {
        using var folder = new Support.TempProject();
        Assert.Same(ProjectSettingsFile.Empty, ProjectSettingsFile.Load(folder.Folder.Root));
    }

    [Fact]
    public void The_file_of_the_folder_is_read()
    {
        using var folder = new Support.TempProject();
        File.WriteAllText(Path.Combine(folder.Folder.Root, "overmind-gui.yaml"), Documents.Web("group: data"));
        Assert.Equal("data", ProjectSettingsFile.Load(folder.Folder.Root).Processes["web"].Group);
    }

    [Fact]
    public void A_file_that_is_far_too_large_is_not_read()
    {
        using var folder = new Support.TempProject();
        File.WriteAllBytes(Path.Combine(folder.Folder.Root, "overmind-gui.yaml"), new byte[1024 * 1024 + 1]);
        Assert.Equal(
            "overmind-gui.yaml: cannot be read: it is larger than 1 MiB", Assert.Single(ProjectSettingsFile.Load(folder.Folder.Root).Problems).ToString());
    }

    private static ProjectSettingsFile Parse(string yaml) => ProjectSettingsFile.Parse(Encoding.UTF8.GetBytes(yaml));
}
