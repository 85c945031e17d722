using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>What stands between two runs in the log.</summary>
public sealed class RunNoticeTests
{
    [Fact]
    public void A_start_says_who_asked_for_it_unless_it_is_the_daemons_own()
    {
        Assert.Equal("Started with PID 7", RunNotices.Started(7, "daemon start", Initiator.Daemon));
        Assert.Equal("Started with PID 7 · started from the page", RunNotices.Started(7, "start", Initiator.Page));
        Assert.Equal("Started with PID 7 · restarted by its restart rule", RunNotices.Started(7, "failure", Initiator.RestartRule));
        Assert.Equal("Started with PID 7 · restarted because the project's files changed", RunNotices.Started(7, "reload", Initiator.FileWatch));
        Assert.Equal(
            "Started with PID 7 · restarted by the failure declaration “out of memory”",
            RunNotices.Started(7, "failure", new Initiator(InitiatorKind.FailureDeclaration, "out of\n memory")));
        Assert.Equal("Started with PID 7 · started from the command line by alice", RunNotices.Started(7, "start", new Initiator(InitiatorKind.CommandLine, "alice")));
    }

    [Theory]
    [InlineData("daemon start", "started")]
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

    [Fact]
    public void A_stop_says_how_and_who()
    {
        Assert.Equal("Stopped (exited with code 0) · through the API (curl/8)", RunNotices.Stopped("exited with code 0", new Initiator(InitiatorKind.Api, "curl/8")));
        Assert.Equal("Stopped (exited with code 0)", RunNotices.Stopped("exited with code 0", null));
        Assert.Equal("Stopped · by an agent", RunNotices.Stopped(null, new Initiator(InitiatorKind.Mcp)));
    }
}
