using OvermindGui.Core.Application;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Errors;

public sealed class ErrorHistoryTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    private readonly TempProject _project = new TempProject().WithDatabase();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Equal_errors_are_one_group_with_its_first_and_last_line()
    {
        Run(1, "web");
        Error("web", 1, 90, "Error: timeout after 5 ms");
        Error("web", 1, 60, "Error: the disk is full");
        _project.Append("web", "fine");
        Error("web", 1, 30, "Error: timeout after 7 ms");

        var page = Read(new ErrorFilter(ProcessFilter.Everything));

        Assert.Equal(["Error: timeout after 7 ms", "Error: the disk is full"], page.Groups.Select(g => g.Text));
        var timeout = page.Groups[0];
        Assert.Equal((2, 1L, 5L), (page.Total, timeout.First.Run, timeout.LineId));
        Assert.Equal((2L, Ago(90), Ago(30)), (timeout.Count, timeout.First.Time, timeout.Last.Time));
        Assert.Equal((Ago(90), Now.ToUnixTimeMilliseconds()), (page.ChartFrom, page.ChartTo));
        Assert.Equal((2L, 1L, 1L), (timeout.Chart.Sum(), timeout.Chart[0], timeout.Chart[16]));
    }

    [Fact]
    public void An_error_is_new_when_no_run_before_the_newest_had_it()
    {
        Run(1, "web");
        Error("web", 1, 90, "Error: an old one");
        Run(2, "web");
        Error("web", 2, 60, "Error: an old one");
        Error("web", 2, 50, "Error: a new one");

        Assert.Equal([("Error: a new one", true), ("Error: an old one", false)], Read(new ErrorFilter(ProcessFilter.Everything)).Groups.Select(g => (g.Text, g.IsNew)));
        Assert.Equal(["Error: a new one"], Read(new ErrorFilter(ProcessFilter.Everything) { OnlyNew = true }).Groups.Select(g => g.Text));
        // It is not new because only the last minute was asked for.
        Assert.Empty(Read(new ErrorFilter(ProcessFilter.Only("web")) { OnlyNew = true, Since = Ago(5) }).Groups);
        Assert.Equal([("Error: an old one", 1L)], Read(new ErrorFilter(ProcessFilter.Everything) { Run = 1 }).Groups.Select(g => (g.Text, g.Count)));
    }

    [Fact]
    public void Only_what_was_asked_for_is_counted_and_the_first_is_that_of_all()
    {
        Error("web", null, 90, "Error: timeout 1");
        Error("api", null, 80, "Error: timeout 2");
        Error("web", null, 30, "Error: timeout 3");

        var group = Read(new ErrorFilter(ProcessFilter.Only("web")) { Since = Ago(60) }).Groups.Single();
        Assert.Equal((1L, Ago(90)), (group.Count, group.First.Time));
        Assert.Equal(2, Read(new ErrorFilter(ProcessFilter.Everything) { Limit = 1 }).Total);
    }

    [Fact]
    public void Cleared_lines_are_counted_again_only_when_that_is_undone()
    {
        Run(1, "web");
        Error("web", 1, 90, "Error: a secret");
        var clearing = new OutputClearing(_project.Owner, TimeProvider.System);
        clearing.Clear("web");
        Assert.Empty(Read(new ErrorFilter(ProcessFilter.Everything)).Groups);
        Error("web", 1, 10, "Error: a secret");
        Assert.Equal((1L, Ago(10)), Read(new ErrorFilter(ProcessFilter.Everything)).Groups.Select(g => (g.Count, g.First.Time)).Single());

        clearing.Undo();
        Assert.Equal(2, Read(new ErrorFilter(ProcessFilter.Everything)).Groups.Single().Count);
        _project.Execute("DELETE FROM lines WHERE id = 2"); // pruned
        Assert.Equal(1, Read(new ErrorFilter(ProcessFilter.Everything)).Groups.Single().Count);
    }

    [Fact]
    public void A_file_that_no_daemon_has_migrated_has_no_errors()
    {
        Error("web", null, 1, "Error: it failed");
        _project.Execute("DROP INDEX errors_by_fingerprint");
        _project.Execute("ALTER TABLE lines DROP COLUMN fingerprint");
        Assert.Empty(Read(new ErrorFilter(ProcessFilter.Everything)).Groups);
    }

    [Theory]
    [InlineData("nobody", null, null, 50, "Unknown process: nobody (known: web)")]
    [InlineData(null, "soon", null, 50, "since: expected")]
    [InlineData(null, "2999-01-01", null, 50, "since: 2999-01-01")]
    [InlineData(null, null, 7L, 50, "run: there is no run 7")]
    [InlineData(null, null, null, 0, "limit: expected a number from 1 to 500")]
    public void What_cannot_be_answered_is_refused_with_the_reason(string? process, string? since, long? run, int limit, string reason)
    {
        Error("web", null, 1, "Error: it failed");
        var session = new ProjectSession(_project.Client, null, TimeProvider.System, redact: false);
        var refused = Assert.Throws<RequestException>(() => new ErrorsQuery(session).Read(new ErrorsRequest(process is null ? null : [process], since, run, false, limit)));
        Assert.StartsWith(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_names_the_fingerprint_and_hides_secrets_from_agents()
    {
        Error("web", null, 1, "Error: the token gh" + "p_0123456789abcdefghijABCDEFGHIJ012345 is wrong");
        var report = new ErrorsQuery(new ProjectSession(_project.Client, null, TimeProvider.System, redact: true)).Read(new ErrorsRequest());
        var error = report.Errors.Single();
        Assert.DoesNotContain("ghp_0123456789", error.Text, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{16}$", error.Fingerprint);
        Assert.NotNull(report.ChartFrom);
    }

    private static long Ago(int seconds) => Now.AddSeconds(-seconds).ToUnixTimeMilliseconds();

    private ErrorPage Read(ErrorFilter filter) => new ErrorHistory(_project.Client).Read(filter, Now);

    private void Run(long id, string process)
    {
        _project.Append(process, "started");
        _project.Execute(
            "INSERT INTO runs(id, process_id, daemon_id, pid, started_at, cause, restart_number) SELECT $1, id, 1, 1, 1, 'start', 0 FROM processes WHERE name = $2", id, process);
    }

    private void Error(string process, long? run, int secondsAgo, string text)
    {
        _project.Append(process, text);
        _project.Execute(
            "UPDATE lines SET fingerprint = $1, run_id = $2, time = $3 WHERE id = (SELECT max(id) FROM lines)", ErrorFingerprint.Of(text), run, Ago(secondsAgo));
    }
}
