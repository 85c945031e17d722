using System.Net;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Agents;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Security;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Agents;

/// <summary>The tools for agents over HTTP: the official client against the dashboard.</summary>
public sealed class McpTests
{
    private const int Timeout = 30_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task A_client_reads_and_its_calls_are_recorded()
    {
        await using var server = await StartAsync();
        server.Project.Append("web", "password=hunter2", "GET /");
        await using var agent = await ConnectAsync(server);

        var (text, isError) = await CallAsync(agent, "logs", new { processes = new[] { "web" } });

        Assert.False(isError, text);
        Assert.Contains("password=[redacted]", text, StringComparison.Ordinal);
        Assert.Contains("END UNTRUSTED PROCESS OUTPUT", text, StringComparison.Ordinal);
        var activity = new AgentLog(server.Project.Owner, TimeProvider.System).Read(10);
        Assert.Equal(("tests", "http", "read", true), (activity.Clients[0].Name, activity.Clients[0].Transport, activity.Clients[0].Allowed, activity.Clients[0].IsConnected));
        Assert.Equal(("logs", "web", "ok"), (activity.Calls[0].Tool, activity.Calls[0].Subject, activity.Calls[0].Outcome));
    }

    [Fact(Timeout = Timeout)]
    public async Task Control_is_in_the_address_and_the_command_bears_the_client_s_name()
    {
        await using var server = await StartAsync();
        await using (var reader = await ConnectAsync(server))
        {
            var (text, isError) = await CallAsync(reader, "stop", new { processes = new[] { "web" } });
            Assert.True(isError);
            Assert.Contains("not_allowed", text, StringComparison.Ordinal);
            Assert.Contains("/mcp?allow=control", text, StringComparison.Ordinal);
        }

        await using var agent = await ConnectAsync(server, "?allow=control");
        var stopping = CallAsync(agent, "stop", new { processes = new[] { "web" } });
        Assert.Equal(("stop", "web"), await server.Project.AnswerAsync(true, "Stopped web"));
        Assert.Contains("\"result\":\"stopped\"", (await stopping).Text, StringComparison.Ordinal);
        await using var context = server.Project.Owner.CreateDbContext();
        Assert.Equal("mcp:tests", context.Commands.Single().RequestedBy);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(AgentTier.Read, "stop", "may only read: a person has chosen so")]
    [InlineData(AgentTier.None, "status", "may use no tool")]
    public async Task The_switch_of_the_project_lowers_what_a_client_may_do(AgentTier highest, string tool, string words)
    {
        await using var server = await StartAsync();
        await using var agent = await ConnectAsync(server, "?allow=run");
        new AgentPolicyFile(server.Project.Folder).Write(highest);

        var (text, isError) = await CallAsync(agent, tool, new { processes = new[] { "web" } });

        Assert.True(isError);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal("not_allowed", new AgentLog(server.Project.Owner, TimeProvider.System).Read(1).Calls[0].Outcome);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("evil.example", null, HttpStatusCode.MisdirectedRequest)]
    [InlineData(null, "http://evil.example", HttpStatusCode.Forbidden)]
    public async Task Other_names_and_other_pages_are_refused(string? host, string? origin, HttpStatusCode status)
    {
        await using var server = await StartAsync();
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete })
        {
            var answer = await server.SendAsync(
                method, "/mcp", method == HttpMethod.Post ? new StringContent("{}", Encoding.UTF8, "application/json") : null, origin, host);
            answer.ErrorOf(status);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task With_a_token_it_is_needed_and_allows_every_tier()
    {
        var guarded = new GuardedServer();
        await guarded.InitializeAsync();
        await using var stop = guarded;
        using var refused = await guarded.SendAsync("/mcp", method: HttpMethod.Post);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("application/json", refused.Content.Headers.ContentType?.MediaType);

        await using var agent = await ConnectAsync(guarded.Server, "?allow=control", GuardedServer.Token);
        Assert.Contains("\"name\":\"web\"", (await CallAsync(agent, "status", new { })).Text, StringComparison.Ordinal);
        var stopping = CallAsync(agent, "stop", new { processes = new[] { "web" } });
        Assert.Equal("stop", (await guarded.Server.Project.AnswerAsync(true, "Stopped web")).Command);
        Assert.False((await stopping).IsError);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_caller_whose_user_is_not_known_may_only_read()
    {
        await using var server = await StartAsync();
        var request = new DefaultHttpContext
        {
            Connection = { LocalIpAddress = IPAddress.Loopback, LocalPort = server.Address.Port, RemoteIpAddress = IPAddress.Loopback, RemotePort = 1 },
        };
        request.Request.QueryString = new QueryString("?allow=run");
        var trusted = new TrustedCaller(new WebServerOptions { Folder = server.Project.Folder, ListenSocket = null! });
        var access = new HttpAgentAccess(new HttpContextAccessor { HttpContext = request }, trusted);

        Assert.Equal(AgentTier.Read, access.Allowed);
        Assert.Contains("the token", access.HowToAllow(AgentTier.Control), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_tier_that_does_not_exist_is_refused()
    {
        await using var server = await StartAsync();
        var answer = await server.PostAsync("/mcp?allow=everything", "{}");
        Assert.Contains("expected read, control or run", answer.ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Sixteen_calls_may_wait_and_the_next_is_refused()
    {
        await using var server = await StartAsync();
        await using var agent = await ConnectAsync(server);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = Enumerable.Range(0, ParallelWaits.Most + 1).Select(_ => agent.CallToolAsync(
            "wait", new Dictionary<string, object?> { ["for"] = "line", ["pattern"] = "never" }, cancellationToken: leave.Token).AsTask()).ToList();
        var refused = await await Task.WhenAny(waiting);
        Assert.True(refused.IsError);
        Assert.Contains("busy", refused.Content.OfType<TextContentBlock>().First().Text, StringComparison.Ordinal);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
    }

    [Fact(Timeout = Timeout)]
    public async Task Arguments_of_another_type_are_understood_or_refused_by_their_name()
    {
        await using var server = await StartAsync();
        await using var agent = await ConnectAsync(server, "?allow=control");
        foreach (var (tool, arguments, problem) in new (string, string, string?)[]
                 {
                     ("logs", """{"processes": "[\"web\"]"}""", null),
                     ("status", """{"processes": "web"}""", null),
                     ("logs", """{"max_bytes": "500"}""", null),
                     ("logs", """{"processes": [1]}""", "processes: expected array, found [1]"),
                     ("logs", """{"before": "soon"}""", "before: expected integer"),
                     ("logs", """{"proceses": ["web"]}""", "proceses: there is no such argument (known: processes, cursor,"),
                     ("stop", "{}", "processes: is missing"),
                     ("search", """{"query": "x", "count_only": "perhaps"}""", "count_only: expected boolean"),
                 })
        {
            var (text, isError) = await CallAsync(agent, tool, JsonDocument.Parse(arguments).RootElement);
            Assert.Equal(problem is not null, isError);
            if (problem is not null) Assert.Contains($"\"code\":\"bad_request\",\"message\":\"{problem}", text, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Answers_are_bounded_whatever_is_asked_for()
    {
        await using var server = await StartAsync();
        server.Project.Append("web", Enumerable.Range(0, 4_000).Select(i => $"line {i} {new string('x', 60)}"));
        await using var agent = await ConnectAsync(server);
        foreach (var (tool, arguments) in new (string, object)[]
                 {
                     ("logs", new { max_bytes = 10_000_000 }), ("search", new { query = "line", limit = 100, context = 10, max_bytes = 10_000_000 }),
                 })
        {
            var (text, isError) = await CallAsync(agent, tool, arguments);
            Assert.False(isError, text);
            Assert.InRange(Encoding.UTF8.GetByteCount(text), 10_000, 36_000);
        }

        Assert.InRange(Encoding.UTF8.GetByteCount((await CallAsync(agent, "search", new { query = "line", limit = 100 })).Text), 1_000, 7_000);
        for (var i = 0; i < 300; i++) server.Project.WithProcess($"worker-with-a-long-name-{i}-{new string('y', 60)}");
        var refused = await CallAsync(agent, "status", new { });
        Assert.True(refused.IsError);
        Assert.Contains("too_large", refused.Text, StringComparison.Ordinal);
        Assert.Contains("ask for fewer processes", refused.Text, StringComparison.Ordinal);
    }

    private static Task<RunningServer> StartAsync() =>
        RunningServer.StartAsync(new StoredProject().WithProcfile("web: run web\n").WithDatabase().WithProcess("web").WithLivingDaemon());

    private static async Task<McpClient> ConnectAsync(RunningServer server, string query = "", string? token = null) => await McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(server.Address, "/mcp" + query),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = token is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
        }),
        new McpClientOptions { ClientInfo = new Implementation { Name = "tests", Version = "1" } }, cancellationToken: Cancellation);

    private static async Task<(string Text, bool IsError)> CallAsync(McpClient client, string tool, object arguments)
    {
        var values = JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value);
        var result = await client.CallToolAsync(tool, values, cancellationToken: Cancellation);
        return (string.Join('\n', result.Content.OfType<TextContentBlock>().Select(b => b.Text)), result.IsError == true);
    }
}
