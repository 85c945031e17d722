using System.Net;
using System.Text.Json;
using OvermindGui.Web.Tests.Security;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

/// <summary>Whatever is wrong with a request: the answer has the shape of all errors.</summary>
public sealed class ErrorTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Timeout = 30_000;

    [Theory(Timeout = Timeout)]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/api/nope")]
    [InlineData("POST", "/api/process/web/dance")]
    [InlineData("GET", "/API/nope")]
    public async Task A_route_that_there_is_not_is_not_found(string method, string path)
    {
        var answer = await server.SendAsync(new HttpMethod(method), path);
        Assert.Contains("no such route", answer.ErrorOf(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("GET", "/api/process/web/start", "POST")]
    [InlineData("GET", "/api/process/web/toggle", "POST")]
    [InlineData("GET", "/api/processes/select-all", "POST")]
    [InlineData("POST", "/api/processes", "GET")]
    [InlineData("DELETE", "/api/processes", "GET")]
    public async Task Another_method_is_refused_and_the_right_one_named(string method, string path, string allowed)
    {
        var answer = await server.SendAsync(new HttpMethod(method), path);
        Assert.EndsWith($"it knows {allowed}", answer.ErrorOf(HttpStatusCode.MethodNotAllowed), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_body_that_is_far_too_large_is_refused_even_where_none_is_read()
    {
        var answer = await server.PostAsync("/api/process/web/toggle", $"\"{new string('x', 70_000)}\"");
        Assert.Contains("65536 bytes", answer.ErrorOf(HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("GET", "/api/processes")]
    [InlineData("POST", "/api/process/web/stop")]
    [InlineData("GET", "/api/nope")]
    public async Task A_foreign_page_is_refused_everywhere(string method, string path)
    {
        var answer = await server.SendAsync(new HttpMethod(method), path, origin: "http://evil.example");
        Assert.Contains("Origin", answer.ErrorOf(HttpStatusCode.Forbidden), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_foreign_host_is_refused()
    {
        var answer = await server.SendAsync(HttpMethod.Get, "/api/processes", host: $"evil.example:{server.Address.Port}");
        Assert.Contains("Host", answer.ErrorOf(HttpStatusCode.MisdirectedRequest), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("GET /api/process/%00/environment HTTP/1.1\r\nHost: localhost:{port}", 400, "%00")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: localhost:{port}", 400, "%00")]
    [InlineData("nonsense", 400, "no proper HTTP")]
    [InlineData("GET /api/output?q={long} HTTP/1.1\r\nHost: localhost:{port}", 414, "too long")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nX-Long: {long}{long}{long}{long}", 431, "headers")]
    [InlineData("GET / HTTP/3.7\r\nHost: localhost:{port}", 505, "HTTP/1.1")]
    public async Task What_the_server_refuses_before_it_is_a_request_is_explained_in_the_same_shape(string request, int status, string reason)
    {
        using var raw = await RawConnection.OpenAsync(server.Address.Port);
        await raw.SendAsync(request.Replace("{port}", $"{server.Address.Port}", StringComparison.Ordinal)
            .Replace("{long}", new string('x', 9_000), StringComparison.Ordinal) + "\r\n\r\n");
        var answer = await raw.ReadAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        var (head, body) = (answer.Split("\r\n\r\n")[0], answer.Split("\r\n\r\n")[1]);
        Assert.Contains("Content-Type: application/json", head, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {body.Length}", head, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(body);
        Assert.Contains(reason, json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/api/poll?last_message_id=9223372036854775807")]
    [InlineData("/api/output?before=9223372036854775807")]
    [InlineData("/api/output?after=9223372036854775807")]
    [InlineData("/api/output?after=9223372036854775807&before=1")]
    [InlineData("/api/output?q=%00")]
    [InlineData("/api/output?q=a%00b")]
    [InlineData("/api/output?regex=%00")]
    [InlineData("/api/output?regex=a%00b")]
    public async Task What_no_line_can_be_is_an_empty_answer(string path)
    {
        server.Project.Append("web", "a", "b");
        var answer = await server.GetJsonAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var lines = answer.Body.TryGetProperty("output_lines", out var polled) ? polled : answer["lines"];
        Assert.Equal(path.Contains("before=9", StringComparison.Ordinal) ? 2 : 0, Math.Min(2, lines.GetArrayLength()));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/api/poll?last_message_id=9223372036854775808")]
    [InlineData("/api/output?after=99999999999999999999")]
    [InlineData("/api/output?before=-1")]
    [InlineData("/api/output/stream?after=-1")]
    public async Task Numbers_that_are_no_ids_are_refused(string path) =>
        Assert.NotEmpty((await server.GetJsonAsync(path)).ErrorOf(HttpStatusCode.BadRequest));

    [Theory(Timeout = Timeout)]
    [InlineData("/")]
    [InlineData("/api/status")]
    [InlineData("/api/output/stream")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/_content/OvermindGui.Web/js/start.js")]
    [InlineData("/api/nope")]
    [InlineData("/no-such-page")]
    public async Task Head_is_answered_as_get_is_without_a_body(string path)
    {
        using var get = await server.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), TestContext.Current.CancellationToken);
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Timeout)]
    public async Task Our_own_page_is_served()
    {
        var answer = await server.SendAsync(HttpMethod.Get, "/api/processes", origin: server.Origin);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }
}
