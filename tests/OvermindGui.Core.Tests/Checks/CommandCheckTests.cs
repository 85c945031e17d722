using OvermindGui.Core.Checks;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Checks;

/// <summary>Commands that cannot start are reported before they are started.</summary>
public class CommandCheckTests
{
    [Theory]
    [InlineData("if true; then sleep 1", "/bin/sh cannot read the command of \"web\": Syntax error: end of file unexpected")]
    [InlineData("echo 'never closed", "/bin/sh cannot read the command of \"web\": Syntax error: Unterminated quoted string")]
    [InlineData("x=(1 2); sleep 1", "/bin/sh cannot read the command of \"web\": Syntax error: \"(\" unexpected")]
    [InlineData("sleep 1 \\", "\"web\" ends with \\, but a Procfile has no continuation lines")]
    [InlineData("source .env && sleep 1", "\"web\" needs bash (source), but /bin/sh is dash")]
    [InlineData("[[ -f x ]] && sleep 1", "\"web\" needs bash ([[), but /bin/sh is dash")]
    [InlineData("A=1 source .env; if [[ a ]]; then :; fi", "\"web\" needs bash (source, [[), but")]
    [InlineData("[ a == b ] || sleep 1", "\"web\" needs bash (== in [ … ]), but")]
    [InlineData("set -euo pipefail; sleep 1", "\"web\" needs bash (set -o pipefail), but")]
    [InlineData("sleep 1 &> log", "\"web\" needs bash (&>), but")]
    [InlineData("echo ${NAME//a/b} ${NAME^^} \"${!NAME}\" ${NAME:1:2}", "\"web\" needs bash (${name/…}, ${name^…}, ${!name}, ${name:n}), but")]
    [InlineData("echo {1..3} $'a'", "\"web\" needs bash ({a..b}, $'…'), but")]
    [InlineData("(( x > 1 )); sleep 1", "\"web\" needs bash (((), but")]
    public void A_command_that_the_shell_refuses_is_reported(string command, string message)
    {
        var finding = Assert.Single(Findings(command));
        Assert.Equal((ProblemSeverity.Warning, "Procfile", 2), (finding.Severity, finding.File, finding.Line));
        Assert.StartsWith(message, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sleep 1")]
    [InlineData("echo 'source x; [[ y' \"[[ z\" # [[ w")]
    [InlineData("echo source [[")]
    [InlineData("[ a = b ] && test a = b")]
    [InlineData("echo a \\\\")]
    [InlineData("echo ${A:-b} ${A-b} ${A:=b} ${A:?b} ${A:+b} ${A%x} ${A##x} ${#A} $A")]
    [InlineData("echo '{1..3}' {a,b} $((1 + 2))")]
    [InlineData("sleep 1 & wait")]
    [InlineData("sleep 1 >log 2>&1 && (sleep 1; sleep 2)")]
    [InlineData("while sleep 1; do echo x; done")]
    [InlineData("bash -c '[[ a ]] && source b'")]
    public void A_command_that_it_takes_is_not(string command) => Assert.Empty(Findings(command));

    [Fact]
    public void Bash_takes_what_is_bashs()
    {
        Assert.Empty(Findings("[[ -f x ]] && source .env", new PlanOptions { Shell = "/bin/bash" }));
        Assert.StartsWith(
            "/bin/bash cannot read the command of \"web\": ", Assert.Single(Findings("if true", new PlanOptions { Shell = "/bin/bash" })).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/shell")]
    [InlineData("no-such-shell")]
    public void A_shell_that_is_not_there_is_an_error(string shell)
    {
        using var project = new PlanProject("web: sleep 1\n").With(".env", $"OVERMIND_SHELL={shell}\n");
        var finding = Assert.Single(Find(project, new PlanOptions { NoPort = true }));
        Assert.Equal((ProblemSeverity.Error, ".env", 1), (finding.Severity, finding.File, finding.Line));
        Assert.StartsWith($"there is no shell {shell}; ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_executes_no_shell_of_the_project()
    {
        using var project = new PlanProject("web: sleep 1\n").With("bash", "#!/bin/sh\ntouch executed\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(project.Folder.Root, "bash"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Empty(Find(project, new PlanOptions { NoPort = true, Shell = Path.Combine(project.Folder.Root, "bash") }));
        Assert.False(File.Exists(Path.Combine(project.Folder.Root, "executed")));
    }

    [Fact]
    public void What_is_longer_than_the_system_takes_is_an_error()
    {
        Assert.Empty(Findings("true " + new string('x', 131_071 - 5)));
        Assert.Equal(
            (ProblemSeverity.Error, "the command of \"web\" has 131072 bytes, and the system takes 131071; put it into a script"),
            Findings("true " + new string('x', 131_072 - 5)).Select(f => (f.Severity, f.Message)).Single());
        using var project = new PlanProject("web: sleep 1\n").With(".env", $"A=1\nLONG={new string('x', 131_072)}\n");
        Assert.Equal((".env", 2, ProblemSeverity.Error), Find(project, new PlanOptions { NoPort = true }).Select(f => (f.File, f.Line, f.Severity)).Single());
    }

    private static List<Problem> Findings(string command, PlanOptions? options = null)
    {
        using var project = new PlanProject($"other: sleep 1\nweb: {command}\n");
        return Find(project, (options ?? new PlanOptions()) with { NoPort = true });
    }

    private static List<Problem> Find(PlanProject project, PlanOptions options) =>
        [.. ProjectChecks.Find(project.Folder, project.Load(options)).Where(f => !f.Message.Contains(" runs ", StringComparison.Ordinal))];
}
