using OvermindGui.Core.Application;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Application;

public sealed class CompareTests : IDisposable
{
    private const long Start = 1_700_000_000_000;

    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void Lines_that_differ_only_in_numbers_times_and_ids_stand_side_by_side()
    {
        Run(1, 0, "12:01:02 listening on 5000", "GET /orders/17 in 3 ms", "commit 3f2a91c", "bye");
        Run(2, 100, "12:09:44 listening on 5100", "GET /orders/8 in 12 ms", "commit 77ad012", "bye");
        var report = Compare();
        Assert.All(report.Rows, row => Assert.Equal("equal", row.Kind));
        Assert.Equal((4, 0, 0), (report.Equal, report.OnlyLeft, report.OnlyRight));
        Assert.Equal(("commit 3f2a91c", "commit 77ad012", 2.0), (report.Rows[2].Left!.Text, report.Rows[2].Right!.Text, report.Rows[2].Right!.After));
    }

    [Fact]
    public void What_only_one_run_has_stands_between_in_the_order_of_time()
    {
        Run(1, 0, "start", "GET /users", "connected", "ready");
        Run(2, 100, "start", "GET /orders", "refused", "ready", "more");
        Assert.Equal(
            ["equal start", "left GET /users", "right GET /orders", "left connected", "right refused", "equal ready", "right more"],
            Compare().Rows.Select(row => $"{row.Kind} {(row.Left ?? row.Right)!.Text}"));
    }

    [Fact]
    public void Without_names_the_newest_run_is_compared_with_the_one_before()
    {
        foreach (var id in new[] { 1, 2, 3 }) Run(id, id * 100, $"run {id}");
        Assert.Equal((2L, 3L), Ids(Compare()));
        Assert.Equal((1L, 2L), Ids(Compare(with: "2")));
        Assert.Equal((1L, 3L), Ids(Compare(run: "#1")));
        Assert.Equal((3L, 2L), Ids(Compare("current", "previous")));

        static (long, long) Ids(ComparisonReport report) => (report.Left.Id, report.Right.Id);
    }

    [Fact]
    public void A_huge_run_is_cut_and_says_so()
    {
        Run(1, 0, [.. Enumerable.Range(0, 3_000).Select(i => $"line {i}")]);
        Run(2, 10_000, "line 1", "line 2");
        var report = Compare(limit: 1_500);
        Assert.Equal((1_500, true, 2, false), (report.Left.Lines, report.Left.Cut, report.Right.Lines, report.Right.Cut));
        Assert.Equal((2, 1_498), (report.Equal, report.OnlyLeft));
    }

    [Fact]
    public void A_run_without_lines_has_only_the_others()
    {
        Run(1, 0);
        Run(2, 100, "one", "");
        Assert.Equal(["right one", "right "], Compare().Rows.Select(row => $"{row.Kind} {(row.Left ?? row.Right)!.Text}"));
        Assert.Equal(["left one", "left "], Compare("2", "1").Rows.Select(row => $"{row.Kind} {(row.Left ?? row.Right)!.Text}"));
    }

    [Theory]
    [InlineData("web", "99", null, "run: there is no run 99 of web; expected current, previous or an id, such as 2, 1")]
    [InlineData("web", null, "soon", "with: there is no run soon of web")]
    [InlineData("web", "3", null, "run: there is no run 3 of web")]
    [InlineData("web", "#0", null, "run: there is no run #0 of web")]
    [InlineData("web", "2", "2", "run: expected another run than 2")]
    [InlineData("web", null, "1", "with: run 1 is the oldest one of web")]
    [InlineData("api", null, null, "process: api has one run so far; there must be two to compare")]
    [InlineData("nope", null, null, "Unknown process: nope (known: web, api)")]
    public void What_cannot_be_compared_is_refused(string process, string? run, string? with, string reason)
    {
        Run(1, 0, "one");
        Run(2, 100, "two");
        Run(3, 200, ["three"], "api");
        var refused = Assert.Throws<RequestException>(() => Query().Read(new CompareRequest(process, run, with)));
        Assert.StartsWith(reason, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _project.Dispose();

    private CompareQuery Query() => new(new ProjectSession(_project.Client, null, TimeProvider.System, redact: false));

    private ComparisonReport Compare(string? run = null, string? with = null, int limit = CompareRequest.MostLimit) => Query().Read(new CompareRequest("web", run, with, limit));

    private void Run(int id, int second, params string[] lines) => Run(id, second, lines, "web");

    // One line a second from the start on, and what the daemon says of the start.
    private void Run(int id, int second, string[] lines, string process)
    {
        var first = _project.Query("SELECT coalesce(max(id), 0) FROM lines", row => row.GetInt64(0))[0];
        _project.Append(process, ["Started", .. lines]);
        _project.Execute("UPDATE lines SET run_id = $2, time = $3 + (id - $1 - 2) * 1000 WHERE id > $1", first, id, Start + second * 1000);
        _project.Execute("UPDATE lines SET stream = 3, time = $2 WHERE id = $1 + 1", first, Start + second * 1000);
        _project.Execute(
            """
            INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number)
            SELECT $1, id, 1, 1, $3, $4, 0, 'start', 0 FROM processes WHERE name = $2
            """,
            id, process, Start / 1000.0 + second, Start / 1000.0 + second + lines.Length);
    }
}
