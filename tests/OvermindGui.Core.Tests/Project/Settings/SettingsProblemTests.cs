using System.Text;
using CsCheck;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Tests.Project.Settings;

public class SettingsProblemTests
{
    [Theory]
    [MemberData(nameof(Documents.Misshapen), MemberType = typeof(Documents))]
    public void A_document_of_another_shape_is_refused_at_its_place(string yaml)
    {
        var problems = Parse(yaml).Problems;
        Assert.NotEmpty(problems);
        Assert.All(problems, p => Assert.InRange(p.Location.Line, 1, 3));
        Assert.All(problems, p => Assert.Contains("expected", p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_are_reported_at_once_and_the_rest_stays()
    {
        var file = Parse("""
            processes:
              web:
                redy: {tcp: 80}
                restart: sometimes
                group: front
                pty: "yes"
              db:
                ready: {tcp: 1, http: /}
            proceses: {}
            """);
        Assert.Equal(
            [
                "overmind-gui.yaml line 3, column 5: web: unknown key \"redy\" (did you mean \"ready\"?); expected depends_on, ready, one_shot, restart, stop_signal, stop, timeout, pty, env, cwd, group, max_memory, max_cpu, success_codes, liveness, watch or schedule",
                "overmind-gui.yaml line 4, column 14: web.restart: expected no, on-failure or always, found \"sometimes\"",
                "overmind-gui.yaml line 6, column 10: web.pty: expected true or false, found \"yes\"",
                "overmind-gui.yaml line 8, column 12: db.ready: expected exactly one of port, tcp, http, log and command, found tcp and http",
                "overmind-gui.yaml line 9, column 1: unknown key \"proceses\" (did you mean \"processes\"?); expected processes, alerts, keep, env_layers, no_input, terminal_colors, hub, hub_control, hub_redact, otlp, otlp_headers, otlp_compression, otlp_ca or otlp_redact",
            ],
            file.Problems.Select(p => p.ToString()));
        Assert.Equal("front", file.Processes["web"].Group);
    }

    [Theory]
    [InlineData("processes:\n\tweb: {}", 2, 1, "a tab before the text; expected blanks")]
    [InlineData("processes:\n  web: {group: [x}", 2, 18, "not YAML: ")]
    [InlineData("processes: 'web", 1, 12, "not YAML: ")]
    [InlineData("a: 1\n b: 2", 2, 3, "not YAML: ")]
    [InlineData("processes:\n  web: {}\n  db: {}\n  web: {}", 4, 3, "\"web\" is already there on line 2; expected each key once")]
    [InlineData("processes: {}\n---\nprocesses: {}", 2, 1, "a second document; expected one alone")]
    [InlineData("processes: *x", 1, 12, "\"*x\" stands for nothing; expected an anchor \"&x\" before it")]
    [InlineData("processes: &x {web: *x}", 1, 21, "\"*x\" stands for nothing")]
    [InlineData("processes: !!map {}", 1, 12, "a tag (\"!…\"); expected a value without one")]
    [InlineData("? [a]\n: b", 1, 3, "expected a name before the colon, found a list")]
    [InlineData("processes: {}\n...\nmore: 1", 3, 1, "a second document; expected one alone")]
    [InlineData("processes: !!]", 1, 1, "not YAML from here on")]
    [InlineData("processes: {web: {group: \"a\\0b\"}}", 1, 26, "a NUL character")]
    [InlineData("processes: {web: {ready: {log: \"(\"}}}", 1, 32, "web.ready.log: expected a .NET regular expression (")]
    [InlineData("processes: {web: {restart: always, one_shot: true}}", 1, 13, "web: one_shot and \"restart: always\" contradict each other")]
    [InlineData("processes: {web: {group: 5}}", 1, 26, "web.group: expected a text; put it into quotes, found the number 5")]
    [InlineData("processes: {web: {cwd: }}", 1, 24, "web.cwd: expected a text, found nothing")]
    [InlineData("processes: {web: {timeout: 48h}}", 1, 28, "web.timeout: expected a time such as 500ms, 10s, 2m or 1h")]
    [InlineData("processes: {web: {depends_on: [db, web, db]}}", 1, 41, "web.depends_on: \"db\" is already there")]
    [InlineData("processes: {web: {env: {PORT: 1}}}", 1, 25, "web.env.PORT: ")]
    public void What_is_wrong_is_reported_with_its_place(string yaml, int line, int column, string message)
    {
        var problem = Assert.Single(Parse(yaml).Problems);
        Assert.Equal(new SourceLocation("overmind-gui.yaml", line, column), problem.Location);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_reported_with_their_line()
    {
        var problem = Assert.Single(ProjectSettingsFile.Parse([.. "processes:\n  "u8, 0xFF, .. ": {}"u8]).Problems);
        Assert.Equal("overmind-gui.yaml line 2, column 1: not UTF-8 text; save the file as UTF-8", problem.ToString());
    }

    [Fact]
    public void A_host_that_no_machine_can_have_is_refused() => Assert.Contains(
        "expected a port from 1 to 65535, or host:port", Assert.Single(Parse(Documents.Web($"ready: {{tcp: '{new string('a', 300)}:80'}}")).Problems).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_folder_with_a_NUL_character_is_not_looked_for()
    {
        var file = Parse("processes: {web: {cwd: \"a\\0b\"}}");
        Assert.Single(file.Problems);
        Assert.Empty(file.FindProblems(["web"], "/"));
    }

    [Fact]
    public void Aliases_cannot_make_it_large()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 100; i++)
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Equal("its aliases make it larger than 100000 values", Assert.Single(Parse(yaml.ToString()).Problems).Message);
    }

    [Fact]
    public void Depth_is_bounded() => Assert.Contains(
        Parse(new string('[', 50_000) + new string(']', 50_000)).Problems, p => p.Message == "more than 16 levels");

    [Theory(Timeout = 20_000)]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public async Task What_is_far_too_deep_is_not_read_to_its_end(string level)
    {
        var text = "processes: " + (level[0] == '{' ? "" : "\n  ") + string.Concat(Enumerable.Repeat(level, 60_000));
        var took = await Task.Run(
            () =>
            {
                var started = TimeProvider.System.GetTimestamp();
                Assert.Equal("more than 16 levels", Assert.Single(Parse(text).Problems).Message);
                return TimeProvider.System.GetElapsedTime(started);
            },
            TestContext.Current.CancellationToken);
        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}");
    }

    [Fact]
    public void Control_characters_do_not_reach_a_terminal() => Assert.DoesNotContain(
        '\e', Assert.Single(Parse("processes: {web: {restart: \"\\e[31m\"}}").Problems).ToString());

    [Fact]
    public void Whatever_a_file_holds_it_is_read_without_an_exception()
    {
        string[] pieces =
        [
            "processes:", "\n", "  ", "\t", "web", ": ", "- ", "[", "]", "{", "}", ",", "&a ", "*a", "!x ", "'", "\"", "|", ">", "? ", "---", "...", "%",
            "ready", "tcp", "depends_on", "env", "#", "\\", "\0", "\r", "😀", "1", "~", "@", "`", "<<", "<>", "!!",
        ];
        Gen.Int[0, pieces.Length - 1].Array[0, 40].Sample(text => Parse(string.Concat(text.Select(i => pieces[i]))), iter: 5_000);
        Gen.Byte.Array[0, 60].Sample(bytes => ProjectSettingsFile.Parse(bytes), iter: 2_000);
    }

    private static ProjectSettingsFile Parse(string yaml) => ProjectSettingsFile.Parse(Encoding.UTF8.GetBytes(yaml));
}
