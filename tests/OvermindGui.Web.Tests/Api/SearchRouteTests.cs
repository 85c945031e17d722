using System.Net;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class SearchRouteTests(SearchRouteTests.Fixture fixture) : IClassFixture<SearchRouteTests.Fixture>
{
    private const int Timeout = 60_000;

    private readonly RunningServer _server = fixture.Server;

    [Theory(Timeout = Timeout)]
    [InlineData("?q=failed", "web 2 api 1", "")]
    [InlineData("?q=failed&process=web", "web 2", "api 1")]
    [InlineData("?regex=%5Ejob&process=web", "web 1", "api 1")]
    [InlineData("?q=failed&exclude=job&process=web", "web 1", "")]
    [InlineData("?q=nothing", "", "")]
    public async Task Matches_are_counted_also_in_processes_that_were_not_asked_for(string query, string processes, string others)
    {
        var answer = await _server.GetJsonAsync("/api/search" + query);
        Assert.Equal(processes, Counts(answer["processes"]));
        Assert.Equal(others, answer["others"].ValueKind == System.Text.Json.JsonValueKind.Null ? "" : Counts(answer["others"]));
        Assert.True(answer["complete"].GetBoolean());
    }

    [Fact(Timeout = Timeout)]
    public async Task The_newest_line_is_first()
    {
        var answer = await _server.GetJsonAsync("/api/search?q=failed&limit=2");
        Assert.Equal(["job 2 failed", "it failed"], answer["lines"].EnumerateArray().Select(l => l.GetProperty("text").GetString()));
        Assert.Equal(3, answer["total"].GetInt32());
        Assert.Empty((await _server.GetJsonAsync("/api/search?q=failed&count_only=true"))["lines"].EnumerateArray());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("", HttpStatusCode.BadRequest, "q: give either q")]
    [InlineData("?q=a&regex=b", HttpStatusCode.BadRequest, "q: give either q")]
    [InlineData("?regex=(", HttpStatusCode.BadRequest, "regex: ")]
    [InlineData("?q=a&limit=0", HttpStatusCode.BadRequest, "limit: expected a whole number from 1 to 100")]
    [InlineData("?q=a&since=soon", HttpStatusCode.BadRequest, "since")]
    [InlineData("?q=a&process=nobody", HttpStatusCode.NotFound, "Unknown process: nobody")]
    public async Task What_cannot_be_answered_is_refused_with_the_reason(string query, HttpStatusCode status, string reason) =>
        Assert.StartsWith(reason, (await _server.GetJsonAsync("/api/search" + query)).ErrorOf(status), StringComparison.Ordinal);

    private static string Counts(System.Text.Json.JsonElement counts) =>
        string.Join(' ', counts.EnumerateObject().OrderByDescending(c => c.Value.GetInt32()).Select(c => $"{c.Name} {c.Value.GetInt32()}"));

    public sealed class Fixture : IAsyncLifetime
    {
        public RunningServer Server { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Server.InitializeAsync();
            Server.Project.Append("web", "job 1 failed", "fine");
            Server.Project.Append("web", "it failed");
            Server.Project.Append("api", "job 2 failed");
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
