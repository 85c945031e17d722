using System.Diagnostics;
using System.Net;
using System.Text;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Security;

public sealed class HostileRequestTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Timeout = 60_000;
    private const int Large = 100_000_000;

    [Theory(Timeout = Timeout)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task Json_must_say_that_it_is_json_because_a_form_cannot(string? type)
    {
        foreach (var path in new[] { "/api/failure-declarations/web/add", "/api/process/web/stop", "/api/output/clear" })
        {
            using var body = new StringContent("""{"failure_string":"x"}""", Encoding.UTF8);
            body.Headers.ContentType = null;
            if (type is not null) body.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await server.Client.PostAsync(path, body, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        }
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/..%2f..%2f..%2fetc/passwd")]
    [InlineData("/../../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/_content/OvermindGui.Web/..%2f..%2fovermind.db")]
    [InlineData("/_content/OvermindGui.Web/..%5c..%5cProcfile")]
    [InlineData("//etc/passwd")]
    [InlineData("//evil.example/%2e%2e")]
    [InlineData("/_content//OvermindGui.Web//js//start.js")]
    [InlineData("/overmind.db")]
    [InlineData("/overmind-gui.token")]
    [InlineData("/Procfile")]
    [InlineData("/appsettings.json")]
    [InlineData("/api/process/..%2f..%2fshutdown")]
    public async Task No_path_leads_out_of_what_is_served(string path)
    {
        using var raw = await RawConnection.OpenAsync(server.Address.Port);
        await raw.SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost:{server.Address.Port}\r\nConnection: close\r\n\r\n");
        var answer = await raw.ReadAsync();
        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Location:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)] // no Host
    [InlineData("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.example\r\n\r\n", 400)]
    [InlineData("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", 400)]
    [InlineData("GET /\0 HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", 400)]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", 400)]
    [InlineData("\u0016\u0003\u0001 not http\r\n\r\n", 400)]
    public async Task What_is_no_proper_request_is_refused(string request, int status)
    {
        using var raw = await RawConnection.OpenAsync(server.Address.Port);
        await raw.SendAsync(request.Replace("{port}", $"{server.Address.Port}", StringComparison.Ordinal));
        Assert.StartsWith($"HTTP/1.1 {status}", await raw.StatusAsync(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/api/failure-declarations/web/add")]
    [InlineData("/api/process/web/stop")]
    [InlineData("/api/nope")]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    public async Task A_body_of_a_hundred_megabytes_is_refused_before_it_is_sent(string path)
    {
        using var raw = await RawConnection.OpenAsync(server.Address.Port);
        await raw.SendAsync(
            $"POST {path} HTTP/1.1\r\nHost: localhost:{server.Address.Port}\r\nContent-Type: application/json\r\nContent-Length: {Large}\r\n\r\n");
        var status = await raw.StatusAsync();
        Assert.True(status.StartsWith("HTTP/1.1 413", StringComparison.Ordinal), status);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_body_that_does_not_tell_its_size_is_cut_off()
    {
        using var raw = await RawConnection.OpenAsync(server.Address.Port);
        await raw.SendAsync(
            $"POST /api/failure-declarations/web/add HTTP/1.1\r\nHost: localhost:{server.Address.Port}\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await raw.SendAsync($"{0x11000:x}\r\n\"{new string('x', 0x10fff)}\r\n");
        Assert.StartsWith("HTTP/1.1 413", await raw.StatusAsync(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("GET / HTTP/1.1\r\nHost: ")]
    [InlineData("POST /api/failure-declarations/web/add HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{")]
    public async Task Who_sends_too_slowly_is_cut_off_and_no_other_client_waits(string beginning)
    {
        var connections = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                connections.Add(await RawConnection.OpenAsync(server.Address.Port));
                await connections[i].SendAsync(beginning.Replace("{port}", $"{server.Address.Port}", StringComparison.Ordinal));
            }

            var clock = Stopwatch.StartNew();
            using (var answer = await server.Client.GetAsync("/api/status", TestContext.Current.CancellationToken))
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            var statuses = await Task.WhenAll(connections.Select(c => c.StatusAsync()));
            Assert.All(statuses, status => Assert.True(status.Length == 0 || status.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), status));
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        }
        finally
        {
            connections.ForEach(c => c.Dispose());
        }
    }
}
