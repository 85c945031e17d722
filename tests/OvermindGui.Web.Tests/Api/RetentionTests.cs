using System.Net;
using System.Text;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

/// <summary>What is stored, its limits, and what is deleted next.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private readonly StoredProject _project = new StoredProject().WithDatabase().WithProcess("web").WithProcess("api");
    private RunningServer _server = null!;

    [Fact(Timeout = Timeout)]
    public async Task Lines_bytes_limits_with_their_sources_and_what_goes_next_are_told()
    {
        var report = await _server.GetJsonAsync("/api/retention");
        var (lines, web) = (report["limits"].GetProperty("lines"), report["processes"][0]);
        Assert.Equal((1_000_000, "default"), (lines.GetProperty("value").GetInt32(), lines.GetProperty("source").GetString()));
        Assert.Equal(("web", 1_000, 0), (web.GetProperty("process").GetString(), web.GetProperty("lines").GetInt32(), web.GetProperty("due_lines").GetInt32()));
        Assert.EndsWith("after 30 days", web.GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.True(report["size_bytes"].GetInt64() > 10_000);

        var asked = await _server.GetJsonAsync("/api/retention?lines=400&crashes=90d");
        Assert.Equal((600, 90), (asked["due_lines"].GetInt32(), asked["limits"].GetProperty("crashes").GetProperty("value").GetInt32()));
        Assert.Equal(0, (await _server.GetJsonAsync("/api/retention"))["due_lines"].GetInt32());
    }

    [Fact(Timeout = Timeout)]
    public async Task Limits_are_set_and_set_back()
    {
        var limits = (await PutAsync("""{"lines":500,"size":"1.5G","crashes":"12w"}"""))["limits"];
        Assert.Equal((500, "changed at runtime"), (limits.GetProperty("lines").GetProperty("value").GetInt32(), limits.GetProperty("lines").GetProperty("source").GetString()));
        Assert.Equal((3L << 29, 84), (limits.GetProperty("size").GetProperty("value").GetInt64(), limits.GetProperty("crashes").GetProperty("value").GetInt32()));
        limits = (await PutAsync("""{"days":7}"""))["limits"];
        Assert.Equal((1_000_000, 7), (limits.GetProperty("lines").GetProperty("value").GetInt32(), limits.GetProperty("days").GetProperty("value").GetInt32()));
        Assert.Equal("default", (await PutAsync("{}"))["limits"].GetProperty("days").GetProperty("source").GetString());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("""{"lines":5}""", "lines: expected a number of lines, 100 or more")]
    [InlineData("""{"days":0}""", "days: expected a number of days, 1 or more")]
    [InlineData("""{"size":"1M"}""", "size: expected a size such as 500M or 2G, 10M or more")]
    [InlineData("""{"crashes":"sometimes"}""", "crashes: expected days such as 90d or weeks such as 12w, or off")]
    [InlineData("""{"lines":"many"}""", "The body does not have the expected form at $.lines")]
    public async Task A_limit_that_makes_no_sense_is_refused_by_name(string body, string reason) =>
        Assert.StartsWith(reason, (await PutAsync(body)).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Fact(Timeout = Timeout)]
    public async Task Without_a_daemon_nothing_is_pruned_and_that_is_said() => Assert.StartsWith(
        "No daemon can be asked", (await _server.PostAsync("/api/retention/prune")).ErrorOf(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);

    [Fact(Timeout = Timeout)]
    public async Task While_an_older_daemon_runs_it_is_said_what_helps()
    {
        using (var connection = _project.Owner.OpenConnection()) connection.Execute(null, "DROP TABLE retention");
        Assert.Equal(OvermindDatabase.AfterRestart, (await _server.GetJsonAsync("/api/retention")).ErrorOf(HttpStatusCode.Conflict));
        Assert.Equal(OvermindDatabase.AfterRestart, (await PutAsync("{}")).ErrorOf(HttpStatusCode.Conflict));
    }

    public async ValueTask InitializeAsync()
    {
        _project.Append("web", Enumerable.Range(0, 1_000).Select(i => $"line {i}"));
        _project.Append("api", "one");
        _server = await RunningServer.StartAsync(_project);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<ApiAnswer> PutAsync(string body) => _server.SendAsync(HttpMethod.Put, "/api/retention", new StringContent(body, Encoding.UTF8, "application/json"));
}
