using System.Net;
using System.Text.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class OutputTests(OutputTests.Fixture fixture) : IClassFixture<OutputTests.Fixture>
{
    private const int Timeout = 60_000;

    private readonly RunningServer _server = fixture.Server;

    [Theory(Timeout = Timeout)]
    [InlineData("?before=6", new[] { 1, 2, 3, 4, 5 }, false)]
    [InlineData("?limit=2", new[] { 6, 7 }, true)]
    [InlineData("?limit=2&before=4", new[] { 2, 3 }, true)]
    [InlineData("?limit=2&after=1", new[] { 2, 3 }, true)]
    [InlineData("?after=3", new[] { 4, 5, 6, 7 }, false)]
    [InlineData("?after=1&before=4", new[] { 2, 3 }, false)]
    [InlineData("?process=api", new[] { 3, 4 }, false)]
    [InlineData("?process=api&process=web&limit=3", new[] { 3, 4, 5 }, true)]
    [InlineData("?q=ERROR", new[] { 3, 4 }, false)]
    [InlineData("?q=404&process=web", new[] { 2 }, false)]
    [InlineData("?regex=%5Cd%24", new[] { 1, 2, 4 }, false)]
    [InlineData("?regex=error", new[] { 4 }, false)]
    [InlineData("?regex=%28%3Fi%29error&q=none", new[] { 3 }, false)]
    [InlineData("?q=error&case=true", new[] { 4 }, false)]
    [InlineData("?q=err&word=true", new int[0], false)]
    [InlineData("?q=error&exclude=none", new[] { 4 }, false)]
    [InlineData("?q=error&invert=true", new[] { 1, 2, 5, 6, 7 }, false)]
    [InlineData("?regex=ERROR&case=false", new[] { 3, 4 }, false)]
    [InlineData("?regex=%28e%29rr%7Cnone", new[] { 3, 4 }, false)]
    [InlineData("?until=2000-01-01", new int[0], false)]
    [InlineData("?since=1h&process=api", new[] { 3, 4 }, false)]
    [InlineData("?q=nowhere", new int[0], false)]
    [InlineData("?before=9223372036854775807&after=0&limit=5000", new[] { 1, 2, 3, 4, 5, 6, 7 }, false)]
    public async Task A_page_holds_what_was_asked_for(string query, int[] ids, bool hasMore)
    {
        var page = await _server.GetJsonAsync("/api/output" + query);

        Assert.Equal(["lines", "first_id", "last_id", "has_more"], page.Body.Names());
        Assert.Equal(ids, page["lines"].EnumerateArray().Select(l => l.GetProperty("id").GetInt32()));
        Assert.Equal(hasMore, page["has_more"].GetBoolean());
        Assert.Equal(ids.Length == 0 ? null : ids[0], Number(page["first_id"]));
        Assert.Equal(ids.Length == 0 ? null : ids[^1], Number(page["last_id"]));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("?at=now", new[] { 1, 2, 3, 4, 5, 6, 7 }, null, false)]
    [InlineData("?at=1h&limit=4", new[] { 1, 2, 3, 4 }, 1, true)]
    [InlineData("?at=2000-01-01&process=api", new[] { 3, 4 }, 3, false)]
    public async Task A_moment_brings_the_lines_around_it(string query, int[] ids, int? at, bool hasMore)
    {
        var page = await _server.GetJsonAsync("/api/output" + query);

        Assert.Equal(ids, page["lines"].EnumerateArray().Select(l => l.GetProperty("id").GetInt32()));
        Assert.Equal(at, page.Body.TryGetProperty("at_id", out var id) ? id.GetInt32() : null);
        Assert.Equal(hasMore, page["has_more"].GetBoolean());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("?format=log&process=api", "text/plain", 2)]
    [InlineData("?format=ansi&q=error", "text/plain", 2)]
    [InlineData("?format=jsonl", "application/jsonl", 7)]
    [InlineData("?format=jsonl&after=3&before=6", "application/jsonl", 2)]
    [InlineData("?format=log&regex=error&case=true", "text/plain", 1)]
    [InlineData("?format=log&q=error&invert=true", "text/plain", 5)]
    [InlineData("?format=log&q=error&exclude=none", "text/plain", 1)]
    [InlineData("?format=log&regex=ERROR&case=false", "text/plain", 2)]
    [InlineData("?format=log&regex=ERROR", "text/plain", 0)]
    [InlineData("?level=error", "text/plain", 0)]
    public async Task The_history_is_handed_out_as_a_file(string query, string type, int lines)
    {
        using var response = await _server.Client.GetAsync(new Uri("/api/output/export" + query, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(lines, text.Split('\n').Length - 1);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_page_that_is_handed_out_needs_nothing_else_and_text_in_it_is_no_markup()
    {
        var html = await _server.Client.GetStringAsync(new Uri("/api/output/export?format=html&process=other", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("a &lt; b", html, StringComparison.Ordinal);
        Assert.Contains("--log-text", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("?format=pdf", "format")]
    [InlineData("?format=0", "format")]
    [InlineData("?regex=(", "regex")]
    [InlineData("?level=loud", "level")]
    [InlineData("?regex=a(%3F%3Db)", "regex: look-around")]
    [InlineData("?since=soon", "since: expected")]
    [InlineData("?after=x", "after")]
    [InlineData("?case=perhaps", "case: expected true or false, found perhaps")]
    public async Task A_file_that_cannot_be_made_is_refused_with_the_reason(string query, string named)
    {
        var answer = await _server.GetJsonAsync("/api/output/export" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(named, answer["error"].GetString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_has_all_that_is_known_of_it()
    {
        var line = (await _server.GetJsonAsync("/api/output?process=other&limit=1"))["lines"][0];

        Assert.Equal(["id", "process", "time", "stream", "run", "text", "html", "level", "continues"], line.Names());
        Assert.Equal(("other", "stderr", "a < b", "a &lt; b"), (Text(line, "process"), Text(line, "stream"), Text(line, "text"), Text(line, "html")));
        Assert.Equal(JsonValueKind.Null, line.GetProperty("run").ValueKind);
        Assert.InRange(line.GetProperty("time").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("before=x", "before: expected a whole number from 1")]
    [InlineData("before=0", "before: expected a whole number from 1")]
    [InlineData("after=-1", "after: expected a whole number from 0")]
    [InlineData("after=99999999999999999999", "after: expected a whole number from 0")]
    [InlineData("limit=0", "limit: expected a whole number from 1")]
    [InlineData("limit=-5", "limit: expected a whole number from 1")]
    [InlineData("limit=5001", "limit: expected a whole number from 1 to 5000")]
    [InlineData("since=soon", "since: expected a time such as 14:30 or yesterday 9:00, a span before now such as 10m, 2h30m or 1d, or a date such as 2026-01-31 or 2026-01-31T14:30:00Z")]
    [InlineData("since=2999-01-01T00:00:00Z", "since: 2999-01-01 ")]
    [InlineData("at=2999-01-01T00:00:00Z", "at: 2999-01-01 ")]
    [InlineData("at=soon", "at: expected a time such as 14:30")]
    [InlineData("at=1h&after=1", "at: cannot be combined with before or after")]
    [InlineData("since=2026-01-02&until=2026-01-01", "until: is before since")]
    [InlineData("run=x", "run: expected a whole number from 1")]
    [InlineData("run=99", "run: there is no run 99")]
    [InlineData("case=perhaps", "case: expected true or false, found perhaps")]
    [InlineData("limit=ten", "limit: expected a whole number from 1")]
    [InlineData("regex=%28", "regex: ")]
    [InlineData("regex=%5Bz-a%5D", "regex: ")]
    public async Task What_makes_no_sense_is_refused(string query, string reason)
    {
        var answer = await _server.GetJsonAsync($"/api/output?{query}");
        Assert.StartsWith(reason, answer.ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/api/output?process=nope")]
    [InlineData("/api/output?process=web&process=nope")]
    [InlineData("/api/output/stream?process=nope")]
    public async Task A_name_that_is_not_known_is_not_found(string path) =>
        Assert.StartsWith("Unknown process: nope (known: ", (await _server.GetJsonAsync(path)).ErrorOf(HttpStatusCode.NotFound), StringComparison.Ordinal);

    [Fact(Timeout = Timeout)]
    public async Task A_regular_expression_that_runs_away_is_broken_off()
    {
        var answer = await _server.GetJsonAsync($"/api/output?process=other&regex={Uri.EscapeDataString(@"^(a+)+\1$")}");
        Assert.Contains("more than a second", answer.ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    /// <summary>A few lines that no test changes.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public RunningServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web").WithProcess("api"));
            Server.Project.Append("web", "GET / 200", "GET /x 404");
            Server.Project.Append("api", "Error: none", "error 404");
            Server.Project.Append("web", "bye");
            Server.Project.Append("other", new string('a', 60) + "b");
            Server.Project.Append([("other", StyledLine.Plain("a < b"), LineSource.StandardError)]);
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    private static int? Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetInt32();

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();
}
