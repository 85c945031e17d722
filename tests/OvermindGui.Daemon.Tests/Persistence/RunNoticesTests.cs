using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Tests.Persistence;

public class RunNoticesTests
{
    [Theory]
    [InlineData("start", "started")]
    [InlineData("run", "started")]
    [InlineData("scale", "started")]
    [InlineData("restart", "restarted")]
    [InlineData("file change", "restarted")]
    public void A_first_start_is_not_called_a_restart(string cause, string word) => Assert.Equal(
        $"Started with PID 7 · {word} from the command line", RunNotices.Started(7, cause, new Initiator(InitiatorKind.CommandLine, null)));

    [Fact]
    public void Neither_is_the_start_of_a_process_that_a_changed_file_brought() => Assert.Equal(
        "Started with PID 7 · started from the page", RunNotices.Started(7, "reload", Initiator.Page, isFirst: true));
}
