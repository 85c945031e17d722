using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class LastOutputTests : IDisposable
{
    private static readonly DateTimeOffset End = DateTimeOffset.FromUnixTimeMilliseconds(5_000);

    private readonly TempProject _project = new TempProject().WithDatabase().WithProcess("job", ProcessState.Dead, 3).WithProcess("web", ProcessState.Running);

    public LastOutputTests()
    {
        _project.Append("job", "Started", "its first line");
        _project.Execute("INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, cause, restart_number) VALUES (7, 1, 1, 9, 1, 5, 'start', 0)");
        _project.Execute("UPDATE lines SET run_id = 7");
        _project.Execute("UPDATE lines SET stream = $1 WHERE text = 'Started'", (int)LineSource.Notice);
        _project.Execute("UPDATE process_status SET run_id = 7 WHERE process_name = 'job'");
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_run_is_stored_to_its_end_once_the_notice_of_the_end_is()
    {
        Assert.False(IsComplete("job", 1));
        _project.Append("job", "its last line", "Exited with code 3");
        _project.Execute("UPDATE lines SET run_id = 7, time = 5000 WHERE time = 1500 AND id > 2");
        Assert.False(IsComplete("job", 1));
        _project.Execute("UPDATE lines SET stream = $1 WHERE text LIKE 'Exited%'", (int)LineSource.Notice);
        Assert.True(IsComplete("job", 1));
    }

    [Fact]
    public void Nothing_is_waited_for_without_an_end_or_for_longer_than_the_daemon_reads_on()
    {
        Assert.True(IsComplete("web", 1));
        Assert.True(IsComplete("unknown", 1));
        Assert.True(IsComplete("job", 5));
    }

    private bool IsComplete(string process, int secondsAfter) => LastOutput.IsComplete(_project.Client, process, End.AddSeconds(secondsAfter));
}
