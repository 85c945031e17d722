using System.Net;
using OvermindGui.Core.Contracts;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

public class ApiCommandTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Commands_are_answered_when_they_have_been_carried_out()
    {
        using var folder = new TestFolder("web: sleep 1000", "api: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        using var api = new ApiClient(server);
        var before = server.Pids();

        Assert.Equal((true, "Restarted web"), await DoAsync(api, "web", "restart"));
        Assert.NotEqual(before["web"], server.Pids()["web"]);
        Assert.False(Server.IsAlive(before["web"]!.Value));

        Assert.Equal((true, "Stopped web"), await DoAsync(api, "web", "stop"));
        Assert.Equal(ProcessState.Stopped, server.Snapshot().Processes[0].State);
        Assert.Equal((true, "web is not running"), await DoAsync(api, "web", "stop"));

        Assert.Equal((true, "Started web"), await DoAsync(api, "web", "start"));
        var pid = server.Pids()["web"]!.Value;
        Assert.True(Server.IsAlive(pid));
        Assert.Equal((true, $"web is already running (PID {pid})"), await DoAsync(api, "web", "start"));
        Assert.Equal(before["api"], server.Pids()["api"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_published_product_distinguishes_an_unknown_route_from_an_unknown_method()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        using var api = new ApiClient(server);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await api.GetAsync("/api/process/web/stop")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await api.PostAsync("/api/state")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/api/nope")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.PostAsync("/api/process/web/dance")).Status);
        Assert.Equal(ProcessState.Running, server.Snapshot().Processes[0].State);
    }

    private static async Task<(bool, string?)> DoAsync(ApiClient api, string process, string action)
    {
        var (status, body) = await api.PostAsync($"/api/process/{process}/{action}");
        Assert.Equal(HttpStatusCode.OK, status);
        return (body.GetProperty("success").GetBoolean(), body.GetProperty("message").GetString());
    }
}
