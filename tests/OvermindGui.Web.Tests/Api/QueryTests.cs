using System.Net;
using OvermindGui.Core.Application;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

/// <summary>The questions of scripts and agents over HTTP: wait, changes and explain.</summary>
public sealed class QueryTests
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task A_wait_answers_when_it_comes_true()
    {
        await using var server = await StartAsync();
        Assert.Equal("matched", (await server.GetJsonAsync("/api/wait?process=web"))["result"].GetString());

        var waiting = server.GetJsonAsync("/api/wait?process=web&for=line&pattern=on%20port%20(%3F%3Cport%3E%5Cd%2B)");
        await Eventually.TrueAsync(() => waiting.IsCompleted, meanwhile: () => server.Project.Append("web", "serving on port 3000"));
        var answer = await waiting;
        Assert.Equal(("matched", "3000"), (answer["result"].GetString(), answer["groups"].GetProperty("port").GetString()));
        Assert.Equal("serving on port 3000", answer["line"].GetProperty("text").GetString());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_timeout_is_an_answer_with_a_cursor_behind_which_the_next_wait_looks_too()
    {
        await using var server = await StartAsync();
        server.Project.Append("web", "before");
        var timeout = await server.GetJsonAsync("/api/wait?process=web&for=line&pattern=done&timeout_s=0.05");
        Assert.Equal((HttpStatusCode.OK, "timeout"), (timeout.Status, timeout["result"].GetString()));

        server.Project.Append("web", "done");
        var found = await server.GetJsonAsync($"/api/wait?process=web&for=line&pattern=done&timeout_s=0&cursor={timeout["cursor"].GetString()}");
        Assert.Equal("matched", found["result"].GetString());
    }

    [Fact(Timeout = Timeout)]
    public async Task Changes_begin_with_a_cursor_and_count_what_came_since()
    {
        await using var server = await StartAsync();
        var cursor = (await server.GetJsonAsync("/api/changes"))["cursor"].GetString();
        server.Project.Append("web", "one", "two");
        var changes = await server.GetJsonAsync($"/api/changes?cursor={cursor}");
        Assert.Equal(2, changes["lines"].GetProperty("web").GetInt32());
    }

    [Fact(Timeout = Timeout)]
    public async Task Explain_shows_where_variables_come_from_without_secrets_and_works_without_a_daemon()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithProcfile("web: serve --token=$API_TOKEN\n"));
        await File.WriteAllTextAsync(
            Path.Combine(server.Project.Folder.Root, ".env"), "API_TOKEN=s3cr3t-0123456789\nGREETING=hello\n", TestContext.Current.CancellationToken);

        var process = (await server.GetJsonAsync("/api/explain?process=web"))["processes"][0];

        var variables = process.GetProperty("variables").EnumerateArray().ToDictionary(v => v.GetProperty("name").GetString()!);
        Assert.Equal("hello", variables["GREETING"].GetProperty("value").GetString());
        Assert.Contains(".env", variables["GREETING"].GetProperty("from").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", process.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Explain_says_who_holds_a_port()
    {
        await using var server = await StartAsync();
        var port = (await server.GetJsonAsync($"/api/explain?port={server.Address.Port}"))["port"];
        Assert.True(port.GetProperty("busy").GetBoolean());
        Assert.Equal(Environment.ProcessId, port.GetProperty("holder").GetProperty("pid").GetInt32());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("wait?process=nope", HttpStatusCode.NotFound, "unknown_process", "known: web")]
    [InlineData("explain?process=nope", HttpStatusCode.NotFound, "unknown_process", "known: web")]
    [InlineData("wait?for=never", HttpStatusCode.BadRequest, "bad_request", "for: expected ready, exit, line, port, quiet, error")]
    [InlineData("wait?for=line", HttpStatusCode.BadRequest, "bad_request", "pattern")]
    [InlineData("wait?for=line&pattern=a(", HttpStatusCode.BadRequest, "bad_pattern", "offset 2")]
    [InlineData("wait?for=line&pattern=(a)%5C1", HttpStatusCode.BadRequest, "bad_pattern", "back references")]
    [InlineData("wait?for=port", HttpStatusCode.BadRequest, "bad_request", "port: give")]
    [InlineData("wait?for=port&port=70000", HttpStatusCode.BadRequest, "bad_request", "65535")]
    [InlineData("wait?fail_on=rain", HttpStatusCode.BadRequest, "bad_request", "fail_on: expected exit or crash_loop, found rain")]
    [InlineData("wait?timeout_s=-1", HttpStatusCode.BadRequest, "bad_request", "timeout_s")]
    [InlineData("wait?timeout_s=NaN", HttpStatusCode.BadRequest, "bad_request", "timeout_s")]
    [InlineData("wait?timeout_s=soon", HttpStatusCode.BadRequest, "bad_request", "timeout_s")]
    [InlineData("wait?cursor=nonsense", HttpStatusCode.BadRequest, "bad_cursor", "cursor: expected")]
    [InlineData("changes?cursor=nonsense", HttpStatusCode.BadRequest, "bad_cursor", "cursor: expected")]
    [InlineData("explain?port=0", HttpStatusCode.BadRequest, "bad_request", "1 to 65535")]
    public async Task Bad_input_is_refused_with_the_reason_and_a_code(string query, HttpStatusCode status, string code, string words)
    {
        await using var server = await StartAsync();
        var answer = await server.GetJsonAsync($"/api/{query}");
        Assert.Contains(words, answer.ErrorOf(status), StringComparison.Ordinal);
        Assert.Equal(code, answer["code"].GetString());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("wait?port=many")]
    [InlineData("wait?quiet_ms=-1")]
    [InlineData("explain?port=x")]
    public async Task A_number_that_is_none_is_refused_by_its_name(string query)
    {
        await using var server = await StartAsync();
        Assert.Contains("expected a whole number", (await server.GetJsonAsync($"/api/{query}")).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_cursor_of_another_database_says_so_and_brings_a_fresh_one()
    {
        await using var server = await StartAsync();
        server.Project.Append("web", "one");
        foreach (var query in new[] { "changes?cursor=zzzzz:7", "wait?cursor=zzzzz:7" })
        {
            var answer = await server.GetJsonAsync($"/api/{query}");
            Assert.Contains("another database", answer["note"].GetString(), StringComparison.Ordinal);
            Assert.EndsWith(":1", answer["cursor"].GetString(), StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task The_seventeenth_wait_is_refused_and_there_is_room_again_when_one_has_ended()
    {
        await using var server = await StartAsync();
        using var leave = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, ParallelWaits.Most + 1)
            .Select(_ => server.Client.GetAsync("/api/wait?for=line&pattern=never", leave.Token)).ToList();
        var refused = await Task.WhenAny(waiting);
        using (var answer = await refused)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Contains("16 calls", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await leave.CancelAsync();
        foreach (var wait in waiting.Where(w => w != refused)) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await Eventually.TrueAsync(async () => (await server.GetJsonAsync("/api/wait?process=web&timeout_s=0")).Status == HttpStatusCode.OK);
    }

    private static Task<RunningServer> StartAsync() =>
        RunningServer.StartAsync(new StoredProject().WithProcfile("web: run web\n").WithDatabase().WithProcess("web").WithLivingDaemon());
}
