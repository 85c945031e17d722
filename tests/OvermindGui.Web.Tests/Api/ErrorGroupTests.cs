using System.Net;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class ErrorGroupTests(ErrorGroupTests.Fixture fixture) : IClassFixture<ErrorGroupTests.Fixture>
{
    private const int Timeout = 60_000;

    private readonly RunningServer _server = fixture.Server;

    [Theory(Timeout = Timeout)]
    [InlineData("", new[] { "api 1", "web 2" })]
    [InlineData("?process=web", new[] { "web 2" })]
    [InlineData("?limit=1", new[] { "api 1" })]
    [InlineData("?since=1h", new[] { "api 1", "web 2" })]
    [InlineData("?new=true", new string[0])]
    public async Task Errors_are_listed_by_groups_the_most_recent_first(string query, string[] groups)
    {
        var answer = await _server.GetJsonAsync("/api/errors" + query);
        Assert.Equal(["v", "errors", "total", "chart_from", "chart_span", "cursor", "note"], answer.Body.Names());
        Assert.Equal(groups, answer["errors"].EnumerateArray().Select(e => $"{e.GetProperty("process").GetString()} {e.GetProperty("count").GetInt64()}"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("?process=nobody", HttpStatusCode.NotFound, "Unknown process: nobody (known: ")]
    [InlineData("?since=soon", HttpStatusCode.BadRequest, "since: expected ")]
    [InlineData("?since=2999-01-01", HttpStatusCode.BadRequest, "since: 2999-01-01")]
    [InlineData("?run=x", HttpStatusCode.BadRequest, "run: expected a whole number from 1")]
    [InlineData("?run=99", HttpStatusCode.BadRequest, "run: there is no run 99")]
    [InlineData("?new=perhaps", HttpStatusCode.BadRequest, "new: expected true or false, found perhaps")]
    [InlineData("?limit=0", HttpStatusCode.BadRequest, "limit: expected a whole number from 1 to 500")]
    public async Task What_cannot_be_answered_is_refused_with_the_reason(string query, HttpStatusCode status, string reason)
    {
        var answer = await _server.GetJsonAsync("/api/errors" + query);
        Assert.Equal(status, answer.Status);
        Assert.StartsWith(reason, answer["error"].GetString(), StringComparison.Ordinal);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public RunningServer Server { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Server.InitializeAsync();
            Server.Project.AppendErrors("web", "Error: request 1 failed", "Error: request 2 failed");
            Server.Project.AppendErrors("api", "Error: no such table");
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
