using OvermindGui.Core.Checks;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Checks;

/// <summary>A program that is missing is reported, and nothing is reported in doubt.</summary>
public class ExecutableCheckTests
{
    [Theory]
    [InlineData("no-such-thing --port $PORT", "no-such-thing")]
    [InlineData("A=1 B='2 3' no-such-thing", "no-such-thing")]
    [InlineData("exec no-such-thing serve", "no-such-thing")]
    [InlineData("cd / && no-such-thing", "no-such-thing")]
    [InlineData("cd / && ./no-such-thing", "./no-such-thing")]
    [InlineData("echo begin; no-such-thing", "no-such-thing")]
    [InlineData("sleep 1; no-such-thing", "no-such-thing")]
    [InlineData("no-such-thing 2>&1 | cat", "no-such-thing")]
    [InlineData("cat /dev/null | no-such-thing > /dev/null", "no-such-thing")]
    [InlineData("> log no-such-thing", "no-such-thing")]
    [InlineData("'no-such-thing' # why", "no-such-thing")]
    [InlineData("bin/no-such-thing", "bin/no-such-thing")]
    [InlineData("./Procfile", "./Procfile")]
    public void A_program_that_is_not_there_is_reported_with_the_line_it_stands_on(string command, string program)
    {
        var finding = Assert.Single(Findings(command));

        Assert.Equal((ProblemSeverity.Warning, "Procfile", 2), (finding.Severity, finding.File, finding.Line));
        Assert.StartsWith($"\"web\" runs {program}, ", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sleep 1 && echo done")]
    [InlineData("$SERVER --port 1")]
    [InlineData("${SERVER:-no-such-thing}")]
    [InlineData("$(which no-such-thing) --port 1")]
    [InlineData("`which no-such-thing`")]
    [InlineData("no-such-thing || sleep 1")]
    [InlineData("command -v no-such-thing >/dev/null && no-such-thing")]
    [InlineData("test -x bin/no-such-thing && bin/no-such-thing")]
    [InlineData("[ -x bin/no-such-thing ] && bin/no-such-thing")]
    [InlineData("uname | grep -q Darwin && no-such-thing")]
    [InlineData("if true; then no-such-thing; fi")]
    [InlineData("while true; do no-such-thing; done")]
    [InlineData("(no-such-thing)")]
    [InlineData("{ no-such-thing; }")]
    [InlineData(". ./env.sh && no-such-thing")]
    [InlineData("PATH=bin:$PATH no-such-thing")]
    [InlineData("export PATH=bin:$PATH; no-such-thing")]
    [InlineData("touch bin; bin/no-such-thing")]
    [InlineData("cd $HERE && ./no-such-thing")]
    [InlineData("cd no-such-folder && ./no-such-thing")]
    [InlineData("~/bin/no-such-thing")]
    [InlineData("bin/no-such-*")]
    [InlineData("cat <<EOF")]
    [InlineData("diff <(no-such-thing) x")]
    [InlineData("echo 'never closed")]
    [InlineData("f() { no-such-thing; }; f")]
    [InlineData("no-such-thing() { sleep 1; }; no-such-thing")]
    [InlineData("printf '%s' 'a;no-such-thing|no-such-thing'")]
    [InlineData("env no-such-thing")]
    [InlineData("A=1")]
    [InlineData("# no-such-thing")]
    [InlineData(":")]
    public void In_doubt_nothing_is_reported(string command)
    {
        Assert.Empty(Findings(command));
    }

    [Fact]
    public void The_PATH_of_the_environment_files_is_the_one_that_counts()
    {
        using var project = new PlanProject("web: sleep 1\n").With(".env", "PATH=/no/such/folder\n");

        Assert.Contains("not on its PATH", Assert.Single(Programs(project)).Message, StringComparison.Ordinal);
    }

    private static List<Problem> Findings(string command)
    {
        using var project = new PlanProject($"other: sleep 1\nweb: {command}\n");
        return Programs(project);
    }

    private static List<Problem> Programs(PlanProject project) =>
        [.. ProjectChecks.Find(project.Folder, project.Load(new PlanOptions { NoPort = true })).Where(f => f.Message.Contains(" runs ", StringComparison.Ordinal))];
}
