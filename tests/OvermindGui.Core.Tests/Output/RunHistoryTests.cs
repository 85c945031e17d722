using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

/// <summary>Sessions of the project, their runs, and the last line of a run.</summary>
public sealed class RunHistoryTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase(); // its daemon: the session from second 1,000 on

    public RunHistoryTests()
    {
        _project.Execute("UPDATE daemons SET ended_at = 1500, exit_code = 3");
        _project.Execute("INSERT INTO daemons(pid, mode, version, working_directory, started_at) VALUES (1, 'native', '1', '/', 2000), (2, 'native', '1', '/', 3000)");
        _project.Execute("INSERT INTO processes(id, name, line_count) VALUES (1, 'web', 3), (2, 'api', 1)");
        _project.Execute(
            """
            INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number)
            VALUES (1, 1, 1, 7, 1001, 1400, 0, 'start', 0), (2, 1, 2, 7, 2001, 2100, 137, 'start', 0), (3, 2, 2, 7, 2001, NULL, NULL, 'start', 0)
            """);
        _project.Execute("INSERT INTO lines(id, process_id, run_id, time, stream, text) VALUES (1, 1, 1, 1002000, 2, 'a'), (2, 1, 2, 2002000, 2, 'b'), (3, 2, 3, 2050000, 2, 'c'), (4, 1, 2, 2100000, 4, 'killed')");
    }

    [Fact]
    public void Sessions_say_when_they_ran_how_they_ended_and_what_ran_in_them()
    {
        var history = new RunHistory(_project.Client, TimeProvider.System);
        var sessions = history.Sessions(10);
        Assert.Equal([3, 2, 1], sessions.Select(s => s.Id));
        Assert.Equal([(0, 0), (2, 1), (1, 0)], sessions.Select(s => (s.Runs, s.Crashes)));
        Assert.Equal([(3_000_000, null), (2_000_000, 2_999_999), (1_000_000, 1_999_999)], sessions.Select(s => s.Range));
        Assert.Equal(["killed", "exit 3"], sessions.Skip(1).Select(s => s.EndText()));
        Assert.Equal([3, 2], history.OfSession(2, 10).Select(r => r.Id));
        Assert.Equal(["running", "SIGKILL"], history.OfSession(2, 10).Select(r => r.EndText()));
    }

    [Fact]
    public void The_last_crash_of_all_processes_leads_to_its_last_line()
    {
        var history = new RunHistory(_project.Client, TimeProvider.System);
        var crash = history.LastCrash(null)!;
        Assert.Equal((2, 4), (crash.Id, history.LastLineOf(crash)));
        Assert.Null(history.LastCrash("api"));
        _project.Execute("UPDATE processes SET cleared_id = 4");
        Assert.Null(history.LastLineOf(crash));
    }

    public void Dispose() => _project.Dispose();
}
