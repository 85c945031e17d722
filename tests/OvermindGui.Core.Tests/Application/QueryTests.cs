using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Application;

/// <summary>The queries of page, API, command line and agents.</summary>
public sealed class QueryTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase().WithProcess("web", ProcessState.Running);
    private readonly ProjectSession _session;

    public QueryTests() => _session = new ProjectSession(_project.Client, null, TimeProvider.System, redact: false);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void All_queries_know_a_process_that_only_the_history_has_and_refuse_the_same_names()
    {
        _project.Append("web", "one");
        _project.Append("gone", "two");

        Assert.Equal(["two"], Logs(new LogRequest(["gone"])));
        Assert.Equal(["two"], new OutputQuery(_session).Read(new OutputRequest(new LineSelection { Processes = ["gone"] }), CancellationToken.None).Lines.Select(l => l.Content.Text));
        Assert.Equal(1, new SearchQuery(_session).Find(new SearchRequest("w", Processes: ["gone"]), CancellationToken.None).Total);
        Assert.Empty(new ErrorsQuery(_session).Read(new ErrorsRequest(["gone"])).Errors);
        Assert.All<Action>(
            [
                () => Logs(new LogRequest(["nope"])),
                () => new OutputQuery(_session).Read(new OutputRequest(new LineSelection { Processes = ["nope"] }), CancellationToken.None),
                () => new SearchQuery(_session).Find(new SearchRequest("x", Processes: ["nope"]), CancellationToken.None),
                () => new ErrorsQuery(_session).Read(new ErrorsRequest(["nope"])),
            ],
            query => Assert.Equal("Unknown process: nope (known: web, gone)", Assert.Throws<RequestException>(query).Message));
    }

    [Fact]
    public void Without_an_error_in_the_output_the_answer_names_the_processes_that_failed()
    {
        _project.WithProcess("job", ProcessState.Dead, 3);

        Assert.Equal(
            "No line looks like an error, but these failed, and their last lines may tell why: job (exited with code 3)",
            new ErrorsQuery(_session).Read(new ErrorsRequest()).Note);
        Assert.Null(new ErrorsQuery(_session).Read(new ErrorsRequest(["web"])).Note);
        Error("Error: no such table");
        Assert.Null(new ErrorsQuery(_session).Read(new ErrorsRequest()).Note);
    }

    [Fact]
    public void The_lines_of_one_run_are_found_however_many_others_came_after()
    {
        _project.Append("web", "of the first run");
        _project.Execute("INSERT INTO runs(id, process_id, daemon_id, pid, started_at, cause, restart_number) VALUES (1, 1, 1, 7, 1, 'start', 0); UPDATE lines SET run_id = 1");
        _project.Append("web", Enumerable.Range(0, 3_000).Select(i => $"line {i}"));

        Assert.Equal(["of the first run"], Logs(new LogRequest(Run: 1)));
        Assert.Equal(0, new SearchQuery(_session).Find(new SearchRequest("line", Run: 1), CancellationToken.None).Total);
    }

    [Fact]
    public void A_match_comes_with_the_lines_of_its_process_around_it()
    {
        _project.Append("web", "first");
        _project.Append("api", "elsewhere");
        _project.Append("web", "boom", "last");

        var report = new SearchQuery(_session).Find(new SearchRequest("boom", Context: 1), CancellationToken.None);

        Assert.Equal(["boom"], report.Lines.Select(l => l.Text));
        Assert.Equal(["first"], report.Context![0].Before.Select(l => l.Text));
        Assert.Equal(["last"], report.Context[0].After.Select(l => l.Text));
    }

    [Fact]
    public void Errors_behind_a_cursor_are_the_later_ones_and_come_with_their_stack_trace()
    {
        Error("Error: an old one");
        var cursor = new ErrorsQuery(_session).Read(new ErrorsRequest()).Cursor;
        Error("TypeError: x is undefined");
        _project.Append("web", "    at main (app.js:1:2)", "    at start (app.js:9:1)");
        _project.Execute("UPDATE lines SET continues = 1 WHERE text LIKE '    at %'");
        _project.Append("web", "bye");

        var report = new ErrorsQuery(_session).Read(new ErrorsRequest(Cursor: cursor));

        var error = Assert.Single(report.Errors);
        Assert.Equal("TypeError: x is undefined\n    at main (app.js:1:2)\n    at start (app.js:9:1)", error.Trace);
        Assert.Empty(new ErrorsQuery(_session).Read(new ErrorsRequest(Cursor: report.Cursor)).Errors);
        Assert.Contains("another database", new ErrorsQuery(_session).Read(new ErrorsRequest(Cursor: "zzzzz:1")).Note, StringComparison.Ordinal);
        Assert.Equal("bad_cursor", Assert.Throws<RequestException>(() => new ErrorsQuery(_session).Read(new ErrorsRequest(Cursor: "x"))).Code);
    }

    [Fact]
    public void A_moment_leads_to_the_first_line_from_it_on_or_else_to_the_newest()
    {
        _project.Append("web", "one", "two");
        _project.Append("api", "three");
        _project.Execute("UPDATE lines SET time = id * 1000");
        var (output, web) = (new OutputQuery(_session), new LineFilter(ProcessFilter.Only("web")));

        Assert.Equal("two", output.LineAt(DateTimeOffset.FromUnixTimeMilliseconds(1_500), web)?.Content.Text);
        Assert.Equal("two", output.LineAt(DateTimeOffset.FromUnixTimeMilliseconds(2_500), web)?.Content.Text);
        Assert.Null(output.LineAt(DateTimeOffset.FromUnixTimeMilliseconds(0), new LineFilter(ProcessFilter.Only("nope"))));
        Assert.Equal("three", output.Line(3)?.Content.Text);
        Assert.Null(output.Line(4));
    }

    private IEnumerable<string> Logs(LogRequest request) => new LogQuery(_session).Read(request).Lines.Select(l => l.Text);

    private void Error(string text)
    {
        _project.Append("web", text);
        _project.Execute("UPDATE lines SET fingerprint = $1 WHERE id = (SELECT max(id) FROM lines)", ErrorFingerprint.Of(text));
    }
}
