using System.Net;
using System.Text.Json;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

/// <summary>Runs and their pins, stars and saved views.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private readonly StoredProject _project = new StoredProject().WithDatabase().WithProcess("web").WithProcess("api");
    private RunningServer _server = null!;

    [Fact(Timeout = Timeout)]
    public async Task Runs_are_listed_newest_first_with_their_ends_and_sessions()
    {
        var all = await _server.GetJsonAsync("/api/runs");
        Assert.Equal([3, 2, 1], all["runs"].EnumerateArray().Select(r => r.GetProperty("id").GetInt32()));
        var session = Assert.Single(all["sessions"].EnumerateArray());
        Assert.Equal((3, 1), (session.GetProperty("runs").GetInt32(), session.GetProperty("crashes").GetInt32()));

        var ofWeb = (await _server.GetJsonAsync("/api/process/web/runs?limit=5"))["runs"].EnumerateArray().ToList();
        Assert.Equal([(2, 2, true), (1, 1, false)], ofWeb.Select(r => (r.GetProperty("id").GetInt32(), r.GetProperty("number").GetInt32(), r.GetProperty("crashed").GetBoolean())));
        Assert.Equal((3, 10.0), (ofWeb[0].GetProperty("exit_code").GetInt32(), ofWeb[0].GetProperty("duration").GetDouble()));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_pinned_run_says_what_it_holds_until_it_is_unpinned()
    {
        var pinned = await _server.PostAsync("/api/runs/1/pin");
        Assert.Equal((true, 2), (pinned["pinned"].GetBoolean(), pinned["pinned_lines"].GetInt32()));
        Assert.True((await _server.GetJsonAsync("/api/process/web/runs"))["runs"][1].GetProperty("pinned").GetBoolean());
        Assert.False((await _server.PostAsync("/api/runs/1/unpin"))["pinned"].GetBoolean());
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_runs_are_compared()
    {
        var compared = await _server.GetJsonAsync("/api/process/web/runs/compare?run=previous&with=current");
        Assert.Equal((1, 2), (compared["left"].GetProperty("id").GetInt32(), compared["right"].GetProperty("id").GetInt32()));
        Assert.Equal(["left one", "left two"], compared["rows"].EnumerateArray().Select(r => $"{Text(r, "kind")} {Text(r.GetProperty("left"), "text")}"));
        Assert.Equal((0, 2, 0), (compared["equal"].GetInt32(), compared["only_left"].GetInt32(), compared["only_right"].GetInt32()));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("GET", "/api/process/nope/runs/compare", HttpStatusCode.NotFound, "Unknown process: nope")]
    [InlineData("GET", "/api/process/web/runs/compare?run=99", HttpStatusCode.BadRequest, "run: there is no run 99 of web")]
    [InlineData("GET", "/api/process/web/runs/compare?with=x", HttpStatusCode.BadRequest, "with: there is no run x of web")]
    [InlineData("GET", "/api/process/web/runs/compare?limit=9999", HttpStatusCode.BadRequest, "limit: expected a whole number from 1 to 5000")]
    [InlineData("GET", "/api/runs?limit=0", HttpStatusCode.BadRequest, "limit: expected a whole number from 1 to 1000")]
    [InlineData("GET", "/api/output?run=99", HttpStatusCode.BadRequest, "run: there is no run 99; its lines may have been deleted")]
    [InlineData("GET", "/api/output/export?run=99", HttpStatusCode.BadRequest, "run: there is no run 99; its lines may have been deleted")]
    [InlineData("GET", "/api/search?q=x&run=99", HttpStatusCode.BadRequest, "run: there is no run 99; its lines may have been deleted")]
    [InlineData("GET", "/api/process/nope/runs", HttpStatusCode.NotFound, "Unknown process: nope")]
    [InlineData("POST", "/api/runs/99/pin", HttpStatusCode.NotFound, "There is no run 99")]
    [InlineData("POST", "/api/runs/x/pin", HttpStatusCode.BadRequest, "id: expected the number of a run")]
    public async Task What_makes_no_sense_is_refused(string method, string path, HttpStatusCode status, string reason) =>
        Assert.StartsWith(reason, (await _server.SendAsync(new HttpMethod(method), path)).ErrorOf(status), StringComparison.Ordinal);

    [Fact(Timeout = Timeout)]
    public async Task A_line_is_starred_with_a_note_that_can_be_changed_and_the_star_removed()
    {
        await _server.PostAsync("/api/bookmarks/add", """{"line_id":2,"note":"look here"}""");
        var stars = await _server.PostAsync("/api/bookmarks/add", """{"line_id":2,"note":"and here"}""");
        var star = Assert.Single(stars["bookmarks"].EnumerateArray());
        Assert.Equal(("web", "and here", "two"), (Text(star, "process"), Text(star, "note"), Text(star, "text")));

        Assert.StartsWith("line_id: line 99 is not stored", (await _server.PostAsync("/api/bookmarks/add", """{"line_id":99}""")).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.StartsWith("note: 500", (await _server.PostAsync("/api/bookmarks/add", $$"""{"line_id":2,"note":"{{new string('x', 501)}}"}""")).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Empty((await _server.PostAsync("/api/bookmarks/remove", """{"line_id":2}"""))["bookmarks"].EnumerateArray());
        Assert.Equal("Line 2 has no star", (await _server.PostAsync("/api/bookmarks/remove", """{"line_id":2}""")).ErrorOf(HttpStatusCode.NotFound));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_view_is_saved_under_a_name_whatever_its_case()
    {
        await _server.PostAsync("/api/views/save", """{"name":"Errors","query":"?levels=error"}""");
        var views = await _server.PostAsync("/api/views/save", """{"name":"errors","query":"levels=error,warn"}""");
        var view = Assert.Single(views["views"].EnumerateArray());
        Assert.Equal(("Errors", "levels=error,warn"), (Text(view, "name"), Text(view, "query")));
        Assert.StartsWith("name: expected 1 to 60 characters", (await _server.PostAsync("/api/views/save", """{"name":" ","query":""}""")).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal("Warnings", Text((await _server.PostAsync("/api/views/rename", """{"name":"errors","new_name":"Warnings"}"""))["views"][0], "name"));
        Assert.Equal("name: there is no view errors (known: Warnings)", (await _server.PostAsync("/api/views/rename", """{"name":"errors","new_name":"x"}""")).ErrorOf(HttpStatusCode.NotFound));
        Assert.StartsWith("new_name: expected 1", (await _server.PostAsync("/api/views/rename", """{"name":"warnings","new_name":" "}""")).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await _server.PostAsync("/api/views/save", """{"name":"Other","query":""}""");
        Assert.Equal("new_name: there is a view Other already", (await _server.PostAsync("/api/views/rename", """{"name":"warnings","new_name":"other"}""")).ErrorOf(HttpStatusCode.BadRequest));
        await _server.PostAsync("/api/views/remove", """{"name":"other"}""");
        await _server.PostAsync("/api/views/rename", """{"name":"warnings","new_name":"Errors"}""");
        Assert.Empty((await _server.PostAsync("/api/views/remove", """{"name":"ERRORS"}"""))["views"].EnumerateArray());
        Assert.StartsWith("name: there is no view", (await _server.PostAsync("/api/views/remove", """{"name":"errors"}""")).ErrorOf(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        _project.Append("web", "one", "two", "three");
        _project.Append("api", "four");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using (var connection = _project.Owner.OpenConnection())
        {
            connection.Execute(null, "UPDATE lines SET run_id = 1 WHERE id <= 2");
            foreach (var (id, process, started, code) in new[] { (1, 1, now - 5, (int?)0), (2, 1, now - 4, 3), (3, 2, now - 3, null) })
                connection.Execute(
                    null, "INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number) VALUES ($1, $2, 1, 1, $3, $4, $5, 'start', 0)",
                    id, process, (double)started, code is null ? null : (double)started + 10, code);
        }

        _server = await RunningServer.StartAsync(_project);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
