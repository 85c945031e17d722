using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Failures;

public sealed class FailureHistoryTests : IDisposable
{
    private readonly TempProject _project = new();

    [Fact]
    public void Without_a_database_there_are_no_hits() => Assert.Empty(new FailureHistory(_project.Client).Newest(null, 10));

    [Fact]
    public void Hits_come_newest_first_of_one_process_or_of_all()
    {
        _project.WithDatabase();
        _project.Append("web", "a");
        _project.Append("api", "b");
        for (var i = 1; i <= 4; i++)
            _project.Execute(
                "INSERT INTO failure_hits(process_id, run_id, line_id, pattern, text, time, action, outcome) VALUES ($1, 7, $2, 'p', $3, 1700000000.5, 'stop', 'stopped')",
                i % 2 + 1, i == 4 ? null : i, $"hit {i}");
        var history = new FailureHistory(_project.Client);

        Assert.Equal(["hit 4", "hit 3", "hit 2"], history.Newest(null, 3).Select(h => h.Text));
        Assert.Equal(["hit 4", "hit 2"], history.Newest("web", 10).Select(h => h.Text));
        Assert.Empty(history.Newest("nope", 10));
        Assert.Equal(
            new FailureHitInfo(4, "web", 7, null, "p", "hit 4", DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500), FailureAction.Stop, "stopped"),
            history.Newest("web", 1)[0]);
    }

    [Fact]
    public void A_database_that_lacks_a_newer_table_and_column_has_no_hits_and_its_processes_can_be_read()
    {
        _project.WithDatabase();
        _project.Execute(
            """
            DROP TABLE failure_hits;
            ALTER TABLE process_status DROP COLUMN restart_at;
            INSERT INTO process_status(process_name, status, updated_at, position, command) VALUES ('web', 'broken', 1, 0, 'x');
            """);

        using var held = DaemonLock.TryAcquire(_project.Folder);
        Assert.Empty(new FailureHistory(_project.Client).Newest(null, 10));
        Assert.Equal(ProcessState.Broken, Assert.Single(new SystemReader(_project.Client).Read().Processes).State);
    }

    public void Dispose() => _project.Dispose();
}
