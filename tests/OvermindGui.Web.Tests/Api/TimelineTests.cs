using System.Net;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class TimelineTests(TimelineTests.Fixture fixture) : IClassFixture<TimelineTests.Fixture>
{
    private const int Timeout = 60_000;

    [Theory(Timeout = Timeout)]
    [InlineData("", 5)]
    [InlineData("?process=web", 3)]
    [InlineData("?process=web&process=api&since=1h&bars=10", 5)]
    [InlineData("?since=2h&until=1h", 0)]
    public async Task Lines_are_counted_over_time(string query, int lines)
    {
        var answer = await fixture.Server.GetJsonAsync("/api/timeline" + query);

        Assert.Equal(["since", "until", "step_seconds", "spans", "marks", "counted_since"], answer.Body.Names());
        var spans = answer["spans"].EnumerateArray().ToList();
        Assert.Equal(lines, spans.Sum(s => s.GetProperty("none").GetInt32()));
        Assert.Equal(["time", "error", "warn", "info", "debug", "none"], spans[0].Names());
        Assert.Equal(answer["since"].GetString(), spans[0].GetProperty("time").GetString());
        Assert.InRange(spans.Count, 1, 121);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("bars=1", "bars: expected a whole number from 2 to 500")]
    [InlineData("bars=x", "bars: expected a whole number from 2 to 500")]
    [InlineData("since=soon", "since: expected a time such as 14:30")]
    [InlineData("since=2999-01-01", "since: 2999-01-01 00:00:00 is in the future")]
    [InlineData("since=1h&until=2h", "until: is not after since")]
    public async Task What_makes_no_sense_is_refused(string query, string reason) =>
        Assert.StartsWith(reason, (await fixture.Server.GetJsonAsync($"/api/timeline?{query}")).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Fact(Timeout = Timeout)]
    public async Task A_name_that_is_not_known_is_not_found() =>
        Assert.StartsWith("Unknown process: nope", (await fixture.Server.GetJsonAsync("/api/timeline?process=nope")).ErrorOf(HttpStatusCode.NotFound), StringComparison.Ordinal);

    /// <summary>A few lines that no test changes.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public RunningServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var project = new StoredProject().WithDatabase().WithProcess("web").WithProcess("api");
            project.Append("web", "one", "two", "three");
            project.Append("api", "four", "five");
            Server = await RunningServer.StartAsync(project.Count());
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
