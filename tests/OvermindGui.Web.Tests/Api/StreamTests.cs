using System.Net;
using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class StreamTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private RunningServer _server = null!;

    private StoredProject Project => _server.Project;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        new StoredProject().WithDatabase().WithLivingDaemon().WithProcess("web").WithProcess("api"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = Timeout)]
    public async Task It_begins_with_the_states_and_goes_on_with_the_lines_that_come()
    {
        Project.Append("web", "before");
        await using var stream = await EventReader.OpenAsync(_server);
        var status = await stream.NextAsync("status");
        Assert.Equal("""{"web":"running","api":"running"}""", status.Data.GetRawText());

        Project.Append("web", "a < b");

        var line = await stream.NextAsync("line");
        Assert.Equal((2, "a < b", "2"), (line.LineId, line.Text, line.LastId));
        Assert.Equal(["id", "process", "time", "stream", "run", "text", "html", "level", "continues"], line.Data.Names());
        Assert.Equal("a &lt; b", line.Data.GetProperty("html").GetString());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_change_of_state_is_sent_for_those_that_changed()
    {
        await using var stream = await EventReader.OpenAsync(_server);
        await stream.NextAsync("status");
        Project.SetState("api", ProcessState.Dead, exitCode: 1);
        Assert.Equal("""{"api":"dead"}""", (await stream.NextAsync("status")).Data.GetRawText());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_flood_arrives_to_its_last_line_and_none_twice()
    {
        await using var stream = await EventReader.OpenAsync(_server);
        await stream.NextAsync("status");
        Project.AppendMany("web", 20_000);
        Assert.Equal(Sample.Range(1, 20_000), (await stream.LinesUntilAsync(20_000)).Select(l => l.LineId));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("?after=7", null)]
    [InlineData("", "7")]
    [InlineData("?after=2", "7")]
    public async Task Who_comes_back_gets_all_that_came_meanwhile(string query, string? lastEventId)
    {
        Project.AppendMany("web", 5_000);
        await using var stream = await EventReader.OpenAsync(_server, query, lastEventId);
        Assert.Equal(Sample.Range(8, 5_000), (await stream.LinesUntilAsync(5_000)).Select(l => l.LineId));
        Project.Append("api", "and goes on");
        Assert.Equal(5_001, (await stream.NextAsync("line")).LineId);
    }

    [Fact(Timeout = Timeout)]
    public async Task Only_the_processes_asked_for_are_reported()
    {
        Project.AppendMany("web", 1_000);
        Project.Append("api", "one");
        await using var stream = await EventReader.OpenAsync(_server, "?process=api&after=0");
        Assert.Equal((1_001, "api"), Of(await stream.NextAsync("line")));
        Assert.Equal("""{"api":"running"}""", (await stream.NextAsync("status")).Data.GetRawText());

        Project.AppendMany("web", 1_000);
        Project.Append("api", "two");
        Assert.Equal((2_002, "api"), Of(await stream.NextAsync("line")));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_changes_is_amended_and_the_readers_place_stays()
    {
        Project.Append("web", "10 %", "other");
        await using var stream = await EventReader.OpenAsync(_server, "?after=0");
        await stream.LinesUntilAsync(2);

        Project.Amend(1, "20 %");

        var amended = await stream.NextAsync("amend");
        Assert.Equal((1, "20 %", "2"), (amended.LineId, amended.Text, amended.LastId));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_changed_while_a_reader_was_away_is_sent_when_it_comes_back()
    {
        Project.Append("web", "10 %", "untouched");
        Project.Append("api", "waiting");
        Project.Amend(1, "20 %");
        Project.Amend(3, "done");

        await using var all = await EventReader.OpenAsync(_server, "?after=3");
        Assert.Equal([("amend", 1L, "20 %"), ("amend", 3L, "done")], (await all.TakeAsync(2)).Select(e => (e.Name, e.LineId, e.Text)));
        await using var one = await EventReader.OpenAsync(_server, "?process=api&after=3");
        Assert.Equal([("amend", 3L, "done")], (await one.TakeAsync(1)).Select(e => (e.Name, e.LineId, e.Text)));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_reader_that_stands_still_misses_nothing()
    {
        Project.AppendMany("web", 1);
        await using var stream = await EventReader.OpenAsync(_server, "?after=0");
        await stream.LinesUntilAsync(1);

        // More than all buffers on the way hold, while no one reads.
        for (var i = 0; i < 20; i++) Project.Append("web", Enumerable.Repeat(new string('x', 60_000), 20));

        Assert.Equal(Sample.Range(2, 401), (await stream.LinesUntilAsync(401)).Select(l => l.LineId));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_clearing_and_its_undo_are_reported()
    {
        Project.Append("web", "one", "two");
        await using var stream = await EventReader.OpenAsync(_server, "?after=0");
        await stream.LinesUntilAsync(2);

        new OutputClearing(Project.Owner, TimeProvider.System).Clear("web");
        Assert.Equal("""{"process":"web","up_to":2}""", (await stream.NextAsync("cleared")).Data.GetRawText());
        new OutputClearing(Project.Owner, TimeProvider.System).Undo();
        Assert.Equal("""{"process":"web","up_to":0}""", (await stream.NextAsync("cleared")).Data.GetRawText());
        Project.Append("web", "three");
        Assert.Equal(3, (await stream.NextAsync("line")).LineId);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_replaced_database_is_sent_from_its_beginning()
    {
        Project.AppendMany("web", 100);
        await using var stream = await EventReader.OpenAsync(_server, "?after=99");
        await stream.LinesUntilAsync(100);

        Project.ReplaceDatabase();
        Project.Append("web", "new");

        await stream.NextAsync("reset");
        var line = await stream.NextAsync("line");
        Assert.Equal((1, "new"), (line.LineId, line.Text));
        await using var late = await EventReader.OpenAsync(_server, lastEventId: "100");
        Assert.Equal("new", (await late.NextAsync("line")).Text);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_silent_stream_beats()
    {
        await using var server = await RunningServer.StartAsync(
            new StoredProject().WithDatabase().WithProcess("web", ProcessState.Stopped), TimeSpan.FromMilliseconds(100));
        await using var stream = await EventReader.OpenAsync(server);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\n\n:\n\n:\n\n", StringComparison.Ordinal))
            text.Append(Encoding.UTF8.GetString(buffer, 0, await stream.Body.ReadAsync(buffer, TestContext.Current.CancellationToken)));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_server_ends_although_a_client_listens()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web"));
        await using var stream = await EventReader.OpenAsync(server);
        await stream.NextAsync("status");
        await server.StopAsync();
        Assert.Empty(await stream.TakeAsync(1)); // an end, no broken connection
    }

    [Theory(Timeout = Timeout)]
    [InlineData("?after=x", null, "after: expected a whole number from 0")]
    [InlineData("?after=-1", null, "after: expected a whole number from 0")]
    [InlineData("", "1.5", "Last-Event-ID: expected a whole number from 0")]
    public async Task A_place_that_is_none_is_refused(string query, string? lastEventId, string reason)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/output/stream" + query);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($$"""{"error":"{{reason}}"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_foreign_page_gets_no_stream()
    {
        var answer = await _server.SendAsync(HttpMethod.Get, "/api/output/stream", origin: "http://evil.example");
        Assert.Contains("Origin", answer.ErrorOf(HttpStatusCode.Forbidden), StringComparison.Ordinal);
    }

    private static (long, string?) Of(ServerEvent line) => (line.LineId, line.Data.GetProperty("process").GetString());
}
