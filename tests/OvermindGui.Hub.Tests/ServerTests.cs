using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Tests.Support;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.HubView;

namespace OvermindGui.Hub.Tests;

/// <summary>The server over a hub, over HTTP.</summary>
public sealed class ServerTests(PostgresCluster postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machines_lines_and_commands_are_there_over_HTTP()
    {
        var name = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(name), Host = "alpha", Control = true }, "web: echo needle; exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT text FROM overmind.lines WHERE text = 'needle'", "needle");
        await postgres.WaitForAsync(name, "SELECT status FROM overmind.process_status", "running");
        await using var server = await TestServer.StartAsync(postgres, name);

        var hosts = await server.GetAsync("/api/hosts");
        var project = hosts.GetProperty("hosts")[0].GetProperty("projects")[0];
        Assert.Equal("alpha", hosts.GetProperty("hosts")[0].GetProperty("name").GetString());
        Assert.Equal("running", project.GetProperty("processes")[0].GetProperty("state").GetString());
        var found = await server.GetAsync("/api/search?q=NEEDLE");
        Assert.Equal("needle", found.GetProperty("lines")[0].GetProperty("text").GetString());
        Assert.Equal("alpha", found.GetProperty("lines")[0].GetProperty("host").GetString());
        var page = await server.GetAsync("/api/output?host=alpha&process=web&limit=5");
        Assert.True(page.GetProperty("lines").GetArrayLength() > 0);

        var cursor = (await server.GetAsync("/api/tail")).GetProperty("next").GetString();
        using (var answer = await server.Client.PostAsJsonAsync($"/api/projects/{project.GetProperty("id")}/process/web/stop", new { }, Token))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var news = await server.GetAsync($"/api/tail?after={cursor}&wait=30");
        Assert.Contains("Stopped", news.GetProperty("lines")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("through the hub (owner)", news.GetProperty("lines")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_dashboard_goes_on_where_one_was_killed()
    {
        var name = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(
            new HubFlags { Address = postgres.Address(name), Host = "alpha" }, "web: seq 1 20; while [ ! -e go ]; do sleep 0.05; done; seq 21 40; exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT text FROM overmind.lines WHERE text = '20'", "20");
        string? cursor;
        string? place;
        await using (var first = await TestServer.StartAsync(postgres, name))
        {
            var page = await first.GetAsync("/api/output?process=web&limit=5");
            (cursor, place) = ((await first.GetAsync("/api/tail?process=web")).GetProperty("next").GetString(), page.GetProperty("before").GetString());
        }

        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", Token);
        await postgres.WaitForAsync(name, "SELECT text FROM overmind.lines WHERE text = '40'", "40");
        await using var second = await TestServer.StartAsync(postgres, name);
        var news = await second.GetAsync($"/api/tail?process=web&after={cursor}&wait=30");
        Assert.Equal(Enumerable.Range(21, 20).Select(i => $"{i}"), news.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("text").GetString()));
        var older = await second.GetAsync($"/api/output?process=web&limit=100&before={place}");
        Assert.Equal("15", older.GetProperty("lines").EnumerateArray().Last().GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_named()
    {
        var name = await postgres.CreateHubAsync();
        await postgres.ExecuteAsync(name, """
            INSERT INTO overmind.projects (host, database, name, folder, version, allows_control, clock_offset) VALUES ('alpha', 'aaaaa', 'shop', '/srv/shop', '1', false, 0);
            INSERT INTO overmind.processes (project_id, id, name, line_count, cleared_id, selected, purged_id) VALUES (1, 1, 'web', 3, 0, true, 0);
            """);
        await using var server = await TestServer.StartAsync(postgres, name);
        foreach (var (address, status, word) in new[]
        {
            ("/api/output?limit=0", HttpStatusCode.BadRequest, "limit"),
            ("/api/output?before=yesterday", HttpStatusCode.BadRequest, "before"),
            ("/api/output?since=whenever", HttpStatusCode.BadRequest, "since"),
            ("/api/output?level=loud", HttpStatusCode.BadRequest, "level"),
            ("/api/output?host=nowhere", HttpStatusCode.NotFound, "host"),
            ("/api/search", HttpStatusCode.BadRequest, "q"),
            ("/api/search?regex=(", HttpStatusCode.BadRequest, "regex"),
            ("/api/output/export?regex=(", HttpStatusCode.BadRequest, "regex"),
            ("/api/output/export?format=doc", HttpStatusCode.BadRequest, "format"),
            ("/api/output/export?host=nowhere", HttpStatusCode.NotFound, "host"),
            ("/api/timeline?bars=1", HttpStatusCode.BadRequest, "bars"),
            ("/api/timeline?since=5m&until=10m", HttpStatusCode.BadRequest, "until"),
            ("/api/errors?project=nothing", HttpStatusCode.NotFound, "project"),
            ("/api/errors?limit=x", HttpStatusCode.BadRequest, "limit"),
            ("/api/failure-hits?run=0", HttpStatusCode.BadRequest, "run"),
            ("/api/projects/9/process/web/runs", HttpStatusCode.NotFound, "project"),
            ("/api/projects/1/process/web/resources?points=0", HttpStatusCode.BadRequest, "points"),
            ("/api/tail?after=x", HttpStatusCode.BadRequest, "after"),
            ("/api/nothing", HttpStatusCode.NotFound, "route"),
        })
        {
            using var answer = await server.Client.GetAsync(address, Token);
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(word, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_hub_that_is_away_is_said_in_words()
    {
        await using var server = await TestServer.StartAsync(postgres, "no_such_database");
        using var answer = await server.Client.GetAsync("/api/hosts", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("no such database", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_hosts_and_origins_are_refused_as_everywhere()
    {
        await using var server = await TestServer.StartAsync(postgres, "no_such_database");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/hosts") { Headers = { Host = "evil.example" } };
        using var answer = await server.Client.SendAsync(request, Token);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    private sealed class TestServer(HubDatabase hub, string folder, CancellationTokenSource stop, HttpClient client, Task life) : IAsyncDisposable
    {
        public HttpClient Client => client;

        public static async Task<TestServer> StartAsync(PostgresCluster postgres, string name)
        {
            var hub = new HubDatabase(postgres.Address(name));
            var folder = Directory.CreateTempSubdirectory("hub-server-").FullName;
            var stop = new CancellationTokenSource();
            var started = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, 0));
            var life = Task.Run(() => HubServer.RunAsync(new WebServerOptions { Folder = new ProjectFolder(folder), ListenSocket = socket }, hub, started.SetResult, stop.Token));
            await Task.WhenAny(started.Task, life);
            if (life.IsFaulted) await life;
            return new TestServer(hub, folder, stop, new HttpClient { BaseAddress = await started.Task }, life);
        }

        public async Task<JsonElement> GetAsync(string address)
        {
            using var answer = await client.GetAsync(address, Token);
            var text = await answer.Content.ReadAsStringAsync(Token);
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement;
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await stop.CancelAsync();
            await life;
            stop.Dispose();
            await hub.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
