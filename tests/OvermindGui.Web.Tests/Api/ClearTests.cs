using System.Net;
using System.Text.Json;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class ClearTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web").WithProcess("api"));
        _server.Project.Append("web", "w1", "w2");
        _server.Project.Append("api", "a3");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = Timeout)]
    public async Task Poll_and_state_return_nothing_older_than_a_clearing()
    {
        var cleared = await _server.PostAsync("/api/output/clear");
        Assert.Equal((true, "Output cleared", 3), (cleared["success"].GetBoolean(), cleared["message"].GetString(), cleared["latest_message_id"].GetInt32()));
        Assert.InRange(cleared["undo_until"].GetDouble() - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 1, 31);

        var state = await _server.GetJsonAsync("/api/state");
        Assert.Equal((0, 3, 0), (state["output_lines"].GetArrayLength(), state["latest_message_id"].GetInt32(), Count(state, "web")));
        Assert.Equal(0, state["queue_stats"].GetProperty("total_lines").GetInt32());

        _server.Project.Append("web", "w4");
        foreach (var path in (string[])["/api/poll", "/api/poll?last_message_id=1", "/api/poll?last_message_id=3", "/api/state"])
            Assert.Equal([4], Ids((await _server.GetJsonAsync(path))["output_lines"]));
        Assert.Equal([4], Ids((await _server.GetJsonAsync("/api/output"))["lines"]));
        Assert.Equal(1, (await _server.GetJsonAsync("/api/status"))["line_count"].GetInt32());
    }

    [Fact(Timeout = Timeout)]
    public async Task The_output_of_one_process_is_cleared_and_comes_back()
    {
        var cleared = await _server.PostAsync("/api/process/web/output/clear");
        Assert.Equal("Output of web cleared", cleared["message"].GetString());
        Assert.Equal([3], Ids((await _server.GetJsonAsync("/api/poll"))["output_lines"]));

        var undone = await _server.PostAsync("/api/output/clear/undo");
        Assert.Equal((true, "web", 3), (undone["success"].GetBoolean(), undone["processes"][0].GetString(), undone["latest_message_id"].GetInt32()));
        var state = await _server.GetJsonAsync("/api/state");
        Assert.Equal([1, 2, 3], Ids(state["output_lines"]));
        Assert.Equal(2, Count(state, "web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_clearing_there_is_nothing_to_undo_and_with_nothing_to_clear_no_time_to_undo_it()
    {
        Assert.StartsWith("Nothing to undo", (await _server.PostAsync("/api/output/clear/undo")).ErrorOf(HttpStatusCode.Conflict), StringComparison.Ordinal);
        await _server.PostAsync("/api/output/clear");
        Assert.Equal(JsonValueKind.Null, (await _server.PostAsync("/api/output/clear"))["undo_until"].ValueKind);
    }

    [Fact(Timeout = Timeout)]
    public async Task Output_of_a_process_that_is_not_known_cannot_be_cleared()
    {
        var answer = await _server.PostAsync("/api/process/nope/output/clear");
        Assert.StartsWith("Unknown process: nope", answer.ErrorOf(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    private static int Count(ApiAnswer state, string process) => state["processes"].GetProperty(process).GetProperty("output_count").GetInt32();

    private static List<int> Ids(JsonElement lines) => [.. lines.EnumerateArray().Select(l => l.GetProperty("id").GetInt32())];
}
