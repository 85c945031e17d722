using System.Net;
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

    [Fact(Timeout = Timeout)]
    public async Task Our_own_page_is_served()
    {
        var answer = await server.SendAsync(HttpMethod.Get, "/api/processes", origin: server.Origin);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }
}
