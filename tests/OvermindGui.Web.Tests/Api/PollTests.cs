using System.Net;
using System.Text.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class PollTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        new StoredProject().WithDatabase().WithLivingDaemon().WithProcess("web").WithProcess("api", ProcessState.Dead, exitCode: 1));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory(Timeout = Timeout)]
    [InlineData("/api/poll")]
    [InlineData("/api/poll?last_message_id=")]
    [InlineData("/api/poll?last_message_id=0")]
    public async Task The_first_poll_brings_the_newest_hundred_lines_of_each_process(string path)
    {
        _server.Project.AppendMany("web", 250);
        _server.Project.Append("api", "only one");

        var poll = await _server.GetJsonAsync(path);

        Assert.Equal([.. Sample.Range(151, 250), 251], Ids(poll));
        Assert.Equal(251, poll["last_id"].GetInt64());
        Assert.Equal(["output_lines", "stats", "status_updates", "last_id"], poll.Body.Names());
        Assert.Equal(["id", "process", "html"], poll["output_lines"][0].Names());
        Assert.Equal(("running", "dead"), (Status(poll, "web"), Status(poll, "api")));
        Assert.Equal(
            """{"total":2,"running":1,"stopped":0,"dead":1,"broken":0,"selected":2}""", poll["stats"].GetRawText());
    }

    [Fact(Timeout = Timeout)]
    public async Task Polls_bring_a_flood_page_by_page_without_loss()
    {
        _server.Project.AppendMany("web", 2_345);
        var seen = new List<long> { 1 };
        for (var polls = 0; seen[^1] < 2_345; polls++)
        {
            Assert.InRange(polls, 0, 3);
            var poll = await _server.GetJsonAsync($"/api/poll?last_message_id={seen[^1]}");
            Assert.InRange(poll["output_lines"].GetArrayLength(), 1, 1_000);
            seen.AddRange(Ids(poll));
            Assert.Equal(seen[^1], poll["last_id"].GetInt64());
        }

        Assert.Equal(Sample.Range(1, 2_345), seen);
    }

    [Fact(Timeout = Timeout)]
    public async Task Very_long_lines_make_short_pages_without_loss()
    {
        _server.Project.Append("web", Enumerable.Range(0, 150).Select(n => new string((char)('a' + n % 26), 64 * 1024)));

        var first = await _server.GetJsonAsync("/api/poll?last_message_id=0");
        Assert.InRange(first["output_lines"].GetArrayLength(), 60, 64);
        Assert.Equal(150, first["last_id"].GetInt64());

        var (ids, pages) = (new List<long> { 1 }, 0);
        for (; ids[^1] < 150; pages++)
        {
            var page = Ids(await _server.GetJsonAsync($"/api/poll?last_message_id={ids[^1]}")).ToList();
            Assert.InRange(page.Count, 1, 66);
            ids.AddRange(page);
        }

        Assert.Equal(Sample.Range(1, 150), ids);
        Assert.Equal(3, pages);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(2)]
    [InlineData(4711)]
    [InlineData(long.MaxValue)]
    public async Task When_nothing_came_the_answer_says_to_ask_with_the_same_id(long id)
    {
        _server.Project.Append("web", "one", "two");
        var poll = await _server.GetJsonAsync($"/api/poll?last_message_id={id}");
        Assert.Empty(Ids(poll));
        Assert.Equal(id, poll["last_id"].GetInt64());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("abc", "Invalid last_message_id - must be integer")]
    [InlineData("1.5", "Invalid last_message_id - must be integer")]
    [InlineData("1e3", "Invalid last_message_id - must be integer")]
    [InlineData("99999999999999999999", "Invalid last_message_id - must be integer")]
    [InlineData("-1", "last_message_id must be >= 0")]
    public async Task An_id_that_is_none_is_refused(string id, string reason) =>
        Assert.Equal(reason, (await _server.GetJsonAsync($"/api/poll?last_message_id={id}")).ErrorOf(HttpStatusCode.BadRequest));

    [Fact(Timeout = Timeout)]
    public async Task Markup_is_escaped_coloured_and_without_the_name()
    {
        _server.Project.Append([("web", new StyledLine("<b>ok</b>", [new StyleRun(0, 9, new TextStyle(TextAttributes.None, TerminalColor.Palette(2), TerminalColor.Default))]), LineSource.Terminal)]);
        var line = (await _server.GetJsonAsync("/api/poll"))["output_lines"][0];
        Assert.Equal("""<span class="f2">&lt;b&gt;ok&lt;/b&gt;</span>""", line.GetProperty("html").GetString());
    }

    [Fact(Timeout = Timeout)]
    public async Task State_has_every_field_of_the_contract()
    {
        _server.Project.Append("web", "one", "two");
        _server.Project.Append("gone", "three");

        var state = await _server.GetJsonAsync("/api/state");

        Assert.Equal(
            ["output_lines", "status_updates", "latest_message_id", "processes", "stats", "overmind_status", "daemon_status", "version", "queue_stats"],
            state.Body.Names());
        Assert.Equal([1, 2, 3], Ids(state));
        Assert.Equal(3, state["latest_message_id"].GetInt64());
        Assert.Equal(["web", "api"], state["processes"].Names());
        Assert.Equal(2, state["processes"].GetProperty("web").GetProperty("output_count").GetInt32());
        Assert.Equal(("running", "running"), (state["overmind_status"].GetString(), state["daemon_status"].GetString()));
        Assert.Equal(
            """{"total_processes":2,"total_lines":3,"processes":{"web":{"line_count":2,"first_id":1,"last_id":2},"gone":{"line_count":1,"first_id":3,"last_id":3}}}""",
            state["queue_stats"].GetRawText());
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_daemon_the_state_says_stopped_and_what_ran_is_unknown()
    {
        _server.Project.KillDaemon();
        var state = await _server.GetJsonAsync("/api/state");
        Assert.Equal(("stopped", "stopped"), (state["overmind_status"].GetString(), state["daemon_status"].GetString()));
        Assert.Equal(("unknown", "dead"), (Status(state, "web"), Status(state, "api")));
    }

    [Fact(Timeout = Timeout)]
    public async Task Status_and_daemon_info_are_true()
    {
        _server.Project.Append("web", "one", "two");

        var status = await _server.GetJsonAsync("/api/status");
        Assert.Equal(
            ["overmind_running", "daemon_running", "process_count", "line_count", "uptime", "latest_message_id", "message_count", "hub", "otlp"],
            status.Body.Names());
        Assert.Equal((true, 2, 2, 2), (status["daemon_running"].GetBoolean(), status["process_count"].GetInt32(), status["line_count"].GetInt32(), status["latest_message_id"].GetInt32()));
        Assert.InRange(status["uptime"].GetDouble(), 0, 600);

        var daemon = await _server.GetJsonAsync("/api/daemon/info");
        Assert.Equal((true, 1, "connected"), (daemon["connected"].GetBoolean(), daemon["daemon_id"].GetInt32(), daemon["connection_status"].GetString()));
        Assert.Equal(("127.0.0.1", _server.Address.Port), (daemon["host"].GetString(), daemon["port"].GetInt32()));
        Assert.Equal((Environment.ProcessId, "native", "1.0.0"), (daemon["pid"].GetInt32(), daemon["mode"].GetString(), daemon["version"].GetString()));
        Assert.Equal(_server.Project.Folder.Root, daemon["working_directory"].GetString());

        _server.Project.KillDaemon();
        Assert.Equal(0, (await _server.GetJsonAsync("/api/status"))["uptime"].GetDouble());
        var gone = await _server.GetJsonAsync("/api/daemon/info");
        Assert.Equal((false, "disconnected", JsonValueKind.Null), (gone["connected"].GetBoolean(), gone["connection_status"].GetString(), gone["pid"].ValueKind));
    }

    [Fact(Timeout = Timeout)]
    public async Task Before_there_is_a_database_status_answers_and_state_and_poll_say_why_not()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithProcfile("web: sleep 1\napi: sleep 1\n"));
        foreach (var path in (string[])["/api/state", "/api/poll", "/api/output", "/api/output/stream"])
            Assert.Contains("no database yet", (await server.GetJsonAsync(path)).ErrorOf(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.Equal(2, (await server.GetJsonAsync("/api/status"))["process_count"].GetInt32());
        Assert.False((await server.GetJsonAsync("/api/daemon/info"))["connected"].GetBoolean());
    }

    private static List<long> Ids(ApiAnswer answer) => [.. answer["output_lines"].EnumerateArray().Select(l => l.GetProperty("id").GetInt64())];

    private static string? Status(ApiAnswer answer, string process) => answer["status_updates"].GetProperty(process).GetString();
}
