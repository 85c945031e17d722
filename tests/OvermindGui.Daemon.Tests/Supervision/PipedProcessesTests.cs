using OvermindGui.Daemon.Configuration;

namespace OvermindGui.Daemon.Tests.Supervision;

public class PipedProcessesTests
{
    [Theory]
    [InlineData("1", true, true)]
    [InlineData("true", true, true)]
    [InlineData("True", true, true)]
    [InlineData("", false, false)]
    [InlineData("0", false, false)]
    [InlineData("false", false, false)]
    [InlineData("web", true, false)]
    [InlineData("web,worker", true, true)]
    [InlineData(" worker , web ,", true, true)]
    public void All_none_or_the_named_ones(string text, bool web, bool worker)
    {
        var piped = PipedProcesses.Parse(text, "--no-pty");

        Assert.Equal(web, piped.Contains("web"));
        Assert.Equal(worker, piped.Contains("worker"));
        Assert.Null(piped.Problem(["web", "worker"]));
    }

    [Fact]
    public void A_name_that_no_process_bears_is_a_problem() => Assert.Equal(
        "--no-pty: unknown process wed (known: web, worker)", PipedProcesses.Parse("web,wed", "--no-pty").Problem(["web", "worker"]));
}
