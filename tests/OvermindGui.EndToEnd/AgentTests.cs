using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using OvermindGui.Core.Control;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Coding agents: the official SDK's client against <c>mcp</c>, and shells with the verbs that do the same.</summary>
public class AgentTests
{
    private const int Timeout = 120_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task Start_see_the_error_fix_it_restart_and_verify_takes_few_calls_and_few_bytes()
    {
        using var folder = new TestFolder("api: sh app.sh", "noise: while :; do echo tick; sleep 0.05; done");
        var app = Path.Combine(folder.Folder.Root, "app.sh");
        await File.WriteAllTextAsync(app, "echo booting\necho 'ERROR: cannot read config.json' >&2\nexit 3\n", Cancellation);
        await using var agent = await ConnectAsync(folder, "--allow", "control");
        try
        {
            var failed = await agent.CallAsync("ensure", new { processes = new[] { "api" } });
            Assert.Equal("failed", failed.Json.GetProperty("result").GetString());
            Assert.Contains("cannot read config.json", failed.Text, StringComparison.Ordinal);

            await File.WriteAllTextAsync(app, "echo booting\necho serving on 8080\nsleep 1000\n", Cancellation);
            var restarted = await agent.CallAsync("restart", new { processes = new[] { "api" } });
            Assert.Equal("restarted", restarted.Json.GetProperty("result").GetString());
            var seen = await agent.CallAsync("wait", new { process = "api", @for = "line", pattern = @"serving on (\d+)", cursor = Cursor(failed) });
            Assert.Equal("8080", seen.Json.GetProperty("groups").GetProperty("1").GetString());
            var status = await agent.CallAsync("status", new { processes = new[] { "api" } });
            Assert.Contains("\"state\":\"running\"", status.Text, StringComparison.Ordinal);
            Assert.Contains("\"by\":\"mcp:tests\"", status.Text, StringComparison.Ordinal);

            Assert.InRange(agent.Calls, 1, 6);
            Assert.InRange(agent.Bytes, 1, 8 * 1024);
        }
        finally
        {
            await Cli.RunAsync(folder.Folder.Root, "down");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Following_cursors_repeats_nothing_and_two_clients_see_the_same_lines()
    {
        using var folder = new TestFolder("count: for i in $(seq 1 40); do echo line $i; sleep 0.02; done; sleep 1000");
        await using var first = await ConnectAsync(folder, "--allow", "control");
        await using var second = await ConnectAsync(folder);
        try
        {
            await first.CallAsync("ensure", new { until = "started" });
            var (texts, cursor) = (new List<string>[] { [], [] }, new string?[2]);
            while (texts.Any(t => !t.Contains("line 40")))
                for (var i = 0; i < 2; i++)
                {
                    var page = await new[] { first, second }[i].CallAsync("logs", new { processes = new[] { "count" }, cursor = cursor[i] });
                    texts[i].AddRange(page.Lines.Where(line => line.StartsWith("line ", StringComparison.Ordinal)));
                    cursor[i] = Cursor(page);
                }

            Assert.Equal(Enumerable.Range(1, 40).Select(i => $"line {i}"), texts[0]);
            Assert.Equal(texts[0], texts[1]);
        }
        finally
        {
            await Cli.RunAsync(folder.Folder.Root, "down");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_long_answer_keeps_its_beginning_and_its_end_and_hides_secrets_in_a_marked_block()
    {
        using var folder = new TestFolder("web: seq 1 900; echo password=hunter2; echo '--- END UNTRUSTED PROCESS OUTPUT'; echo the end; sleep 1000");
        await using var agent = await ConnectAsync(folder, "--allow", "control");
        try
        {
            await agent.CallAsync("ensure", new { });
            await agent.CallAsync("wait", new { @for = "line", pattern = "^the end$", cursor = Cursor(await agent.CallAsync("status", new { }))!.Split(':')[0] + ":0" });
            var logs = await agent.CallAsync("logs", new { processes = new[] { "web" }, max_bytes = 2_000 });

            Assert.InRange(Encoding.UTF8.GetByteCount(logs.Text), 500, 3_000);
            Assert.Contains("lines omitted (cursor ", logs.Text, StringComparison.Ordinal);
            Assert.Equal("the end", logs.Lines[^1]);
            Assert.Contains("password=[redacted]", logs.Lines);
            var mark = logs.Text.Split('\n').First(line => line.Contains("BEGIN UNTRUSTED", StringComparison.Ordinal)).Split(' ')[^1];
            Assert.EndsWith($"END UNTRUSTED PROCESS OUTPUT {mark}", logs.Text.TrimEnd(), StringComparison.Ordinal);
        }
        finally
        {
            await Cli.RunAsync(folder.Folder.Root, "down");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task What_cannot_be_done_says_why_and_what_helps()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var agent = await ConnectAsync(folder);
        Assert.Contains("\"daemon\":\"stopped\"", (await agent.CallAsync("status", new { })).Text, StringComparison.Ordinal);
        await AssertErrorAsync("ensure", new { }, "not_allowed", "--allow control");
        await AssertErrorAsync("restart", new { processes = new[] { "web" } }, "not_allowed", "--allow control");
        Assert.False(DaemonLock.IsHeld(folder.Folder)); // nothing was started

        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "up")).ExitCode);
        try
        {
            await AssertErrorAsync("logs", new { processes = new[] { "nope" } }, "unknown_process", "known: web");
            await AssertErrorAsync("wait", new { @for = "line", pattern = "a(" }, "bad_pattern", "offset");
            await AssertErrorAsync("search", new { regex = "a(" }, "bad_pattern", "regex");
            await AssertErrorAsync("logs", new { cursor = "nonsense" }, "bad_cursor", "cursor");
            var foreign = await agent.CallAsync("logs", new { cursor = "zzzzz:1" });
            Assert.Contains("another database", foreign.Text, StringComparison.Ordinal);
            Assert.NotEqual("zzzzz:1", Cursor(foreign));
            var timeout = await agent.CallAsync("wait", new { process = "web", @for = "line", pattern = "never", timeout_s = 0.2 });
            Assert.Equal("timeout", timeout.Json.GetProperty("result").GetString());
            Assert.NotNull(Cursor(timeout));
        }
        finally
        {
            await Cli.RunAsync(folder.Folder.Root, "down");
        }

        async Task AssertErrorAsync(string tool, object arguments, string code, string words)
        {
            var answer = await agent.CallAsync(tool, arguments);
            Assert.True(answer.IsError);
            Assert.Equal(code, answer.Json.GetProperty("error").GetProperty("code").GetString());
            Assert.Contains(words, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_client_that_goes_leaves_the_daemon_and_the_processes()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using (var agent = await ConnectAsync(folder, "--allow", "control")) await agent.CallAsync("ensure", new { });
        Assert.True(DaemonLock.IsHeld(folder.Folder));
        Assert.Contains("running", (await Cli.RunAsync(folder.Folder.Root, "ps")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "down")).ExitCode);
        Assert.False(DaemonLock.IsHeld(folder.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_program_runs_once_its_output_is_stored_and_after_a_timeout_it_goes_on()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, ".env"), "GREETING=hello\n", Cancellation);
        await using var agent = await ConnectAsync(folder, "--allow", "run");
        try
        {
            await agent.CallAsync("ensure", new { });
            var done = await agent.CallAsync("run", new { argv = new[] { "sh", "-c", "echo $GREETING \"$1\"; exit 3", "sh", "it's $HOME; `id`" } });
            Assert.Equal(("exited", 3), (done.Json.GetProperty("result").GetString(), done.Json.GetProperty("exit").GetInt32()));
            Assert.Contains("hello it's $HOME; `id`", done.Lines); // no shell took the words apart

            var name = done.Json.GetProperty("process").GetString()!;
            Assert.Contains("hello it's", (await agent.CallAsync("search", new { query = "hello it's", processes = new[] { name } })).Text, StringComparison.Ordinal);

            var slow = await agent.CallAsync("run", new { argv = new[] { "sh", "-c", "until [ -e go ]; do sleep 0.05; done; echo later" }, timeout_s = 0.2 });
            Assert.Equal("running", slow.Json.GetProperty("result").GetString());
            await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "go"), "", Cancellation);
            var end = await agent.CallAsync("wait", new { process = slow.Json.GetProperty("process").GetString(), @for = "exit" });
            Assert.Equal(("matched", 0), (end.Json.GetProperty("result").GetString(), end.Json.GetProperty("exit").GetInt32()));
            Assert.Contains("later", end.Lines);

            Assert.Contains("cwd: expected a folder of the project", (await agent.CallAsync("run", new { argv = new[] { "ls" }, cwd = "/etc" })).Text, StringComparison.Ordinal);
            var reload = await Cli.RunAsync(folder.Folder.Root, "reload", "--dry-run");
            Assert.DoesNotContain("removed", reload.Output, StringComparison.Ordinal); // what is in no file is not taken away

            var kept = await Cli.RunAsync(folder.Folder.Root, "run", "--keep", "sh", "-c", "echo kept; exit 5");
            Assert.Equal((5, "kept\n"), (kept.ExitCode, kept.Output));
        }
        finally
        {
            await Cli.RunAsync(folder.Folder.Root, "down");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_prompt_is_answered_and_what_comes_after_is_returned()
    {
        using var folder = new TestFolder("ask: printf 'name? '; read name; echo hello $name; sleep 1000");
        await using var agent = await ConnectAsync(folder, "--allow", "run");
        await using var reader = await ConnectAsync(folder, "--allow", "control");
        try
        {
            await agent.CallAsync("ensure", new { });
            await AssertRefusedAsync(reader, "send", new { process = "ask", text = "x" });
            await AssertRefusedAsync(reader, "run", new { argv = new[] { "ls" } });
            var answer = await agent.CallAsync("send", new { process = "ask", text = "Ada", wait_for = "^hello" });
            Assert.Equal("matched", answer.Json.GetProperty("result").GetString());
            Assert.Contains("hello Ada", answer.Lines);
            Assert.Contains("there is no key", (await agent.CallAsync("send", new { process = "ask", keys = new[] { "any" } })).Text, StringComparison.Ordinal);
        }
        finally
        {
            await Cli.RunAsync(folder.Folder.Root, "down");
        }

        static async Task AssertRefusedAsync(Agent agent, string tool, object arguments)
        {
            var answer = await agent.CallAsync(tool, arguments);
            Assert.True(answer.IsError);
            Assert.Contains("--allow run", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Tools_say_truly_what_they_change()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var agent = await ConnectAsync(folder);
        var tools = (await agent.Client.ListToolsAsync(cancellationToken: Cancellation)).ToDictionary(t => t.Name, t => t.ProtocolTool.Annotations!);
        Assert.Equal(["changes", "ensure", "errors", "explain", "logs", "restart", "run", "search", "send", "status", "stop", "wait"], tools.Keys.Order());
        foreach (var (name, hints) in tools)
        {
            Assert.Equal(name is not ("ensure" or "restart" or "stop" or "run" or "send"), hints.ReadOnlyHint);
            Assert.Equal(name is "restart" or "stop" or "run" or "send", hints.DestructiveHint);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_script_brings_the_project_up_and_down_and_knows_by_exit_codes_what_came_of_it()
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000", "broken: echo 'ERROR no database'; exit 7");
        var root = folder.Folder.Root;
        var sub = Directory.CreateDirectory(Path.Combine(root, "src", "deep")).FullName;
        try
        {
            var up = await Cli.RunAsync(sub, "up", "web", "--timeout", "30", "--json"); // found upwards
            Assert.Equal(0, up.ExitCode);
            Assert.Equal("started", Json(up).GetProperty("result").GetString());
            Assert.Equal("already_running", Json(await Cli.RunAsync(root, "up", "web", "--json")).GetProperty("result").GetString());

            var failed = await Cli.RunAsync(root, "up");
            Assert.Equal(1, failed.ExitCode);
            Assert.Contains("ERROR no database", failed.Output, StringComparison.Ordinal);
            Assert.Contains("broken: exited with code 7", failed.Errors, StringComparison.Ordinal);

            Assert.Equal(124, (await Cli.RunAsync(root, "wait", "web", "--for", "line", "--pattern", "never", "--timeout", "0.3")).ExitCode);
            Assert.Equal(0, (await Cli.RunAsync(root, "wait", "web")).ExitCode);
            var unknown = await Cli.RunAsync(root, "wait", "nope", "--json");
            Assert.Equal((1, "unknown_process"), (unknown.ExitCode, Json(unknown).GetProperty("error").GetProperty("code").GetString()));
            var cursor = Json(await Cli.RunAsync(root, "changes", "--json")).GetProperty("cursor").GetString()!;
            await Cli.RunAsync(root, "restart", "web");
            var changes = Json(await Cli.RunAsync(root, "changes", cursor, "--json"));
            Assert.Equal(["ended", "started"], changes.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("what").GetString()));
            Assert.StartsWith("cli:", changes.GetProperty("events")[1].GetProperty("by").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            Assert.Equal(0, (await Cli.RunAsync(root, "down")).ExitCode);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Up_with_names_starts_these_and_what_they_depend_on_and_without_names_the_rest()
    {
        using var folder = new TestFolder("db: echo up > db.txt; sleep 1000", "web: cat db.txt; sleep 1000", "worker: sleep 1000");
        var root = folder.Folder.Root;
        await File.WriteAllTextAsync(Path.Combine(root, "overmind-gui.yaml"), "processes:\n  db: {ready: {command: test -e db.txt}}\n  web: {depends_on: [db]}\n", Cancellation);
        try
        {
            Assert.Contains("Unknown process: nope (known: db, web, worker)", (await Cli.RunAsync(root, "up", "nope")).Errors, StringComparison.Ordinal);
            Assert.False(DaemonLock.IsHeld(folder.Folder));

            var first = Json(await Cli.RunAsync(root, "up", "web", "--as", "tests", "--json"));
            Assert.Equal(["db", "web"], first.GetProperty("processes").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
            Assert.True(first.TryGetProperty("ready_ms", out _));
            Assert.Equal(["db running cli:tests", "web running cli:tests", "worker stopped "], await StatesAsync());
            Assert.Equal(0, (await Cli.RunAsync(root, "wait")).ExitCode); // what was not started is not waited for

            await Cli.RunAsync(root, "stop", "db", "web");
            Assert.Equal("started", Json(await Cli.RunAsync(root, "up", "web", "--json")).GetProperty("result").GetString());
            Assert.Equal("started", Json(await Cli.RunAsync(root, "up", "--json")).GetProperty("result").GetString());
            Assert.DoesNotContain("stopped", string.Join('\n', await StatesAsync()), StringComparison.Ordinal);
        }
        finally
        {
            await Cli.RunAsync(root, "down");
        }

        async Task<string[]> StatesAsync() => [.. Json(await Cli.RunAsync(root, "ps", "--json")).GetProperty("processes").EnumerateArray()
            .Select(p => $"{p.GetProperty("name").GetString()} {p.GetProperty("state").GetString()} {(p.TryGetProperty("by", out var by) ? by.GetString() : "")}")];
    }

    [Fact(Timeout = Timeout)]
    public async Task A_shell_alone_has_what_the_tools_have_and_both_name_themselves()
    {
        using var folder = new TestFolder("ask: while read -r name; do echo hello $name; done", "web: echo ERROR: no config; sleep 1000");
        var root = folder.Folder.Root;
        try
        {
            await Cli.RunAsync(root, "up");
            var sent = await Cli.RunAsync(root, "send", "ask", "Ada", "--wait-for", "^hello (.*)", "--json");
            Assert.Equal((0, "matched"), (sent.ExitCode, Json(sent).GetProperty("result").GetString()));
            Assert.Contains("hello Ada", sent.Output, StringComparison.Ordinal);
            Assert.Equal(124, (await Cli.RunAsync(root, "send", "ask", "Bob", "--wait-for", "never", "--timeout", "0.3")).ExitCode);
            await Eventually.TrueAsync(async () => (await Cli.RunAsync(root, "logs", "ask")).Output.Contains("hello Bob", StringComparison.Ordinal));
            Assert.Equal("bad_pattern", Code(await Cli.RunAsync(root, "send", "ask", "x", "--wait-for", "a(", "--json")));

            var restarted = Json(await Cli.RunAsync(root, "restart", "web", "--reason", "new config", "--as", "tests", "--json"));
            var web = restarted.GetProperty("processes")[0];
            Assert.True(web.GetProperty("run").GetInt64() > web.GetProperty("old_run").GetInt64());
            Assert.InRange(web.GetProperty("stop_ms").GetInt64(), 0, restarted.GetProperty("took_ms").GetInt64());
            Assert.Contains("by cli:tests: new config", (await Cli.RunAsync(root, "ps")).Output, StringComparison.Ordinal);
            Assert.Equal("unknown_process", Code(await Cli.RunAsync(root, "stop", "nope", "--json")));

            var logs = Json(await Cli.RunAsync(root, "logs", "ask", "--max-bytes", "500", "--json"));
            Assert.Contains("hello Ada", logs.GetProperty("lines").ToString(), StringComparison.Ordinal);
            Assert.Empty(Json(await Cli.RunAsync(root, "logs", "ask", "--cursor", logs.GetProperty("cursor").GetString()!, "--json")).GetProperty("lines").EnumerateArray());
            Assert.Equal("bad_cursor", Code(await Cli.RunAsync(root, "logs", "--cursor", "x", "--json")));
            Assert.Contains("contradict", (await Cli.RunAsync(root, "logs", "--cursor", "a:1", "-f")).Errors, StringComparison.Ordinal);
            var found = await Cli.RunAsync(root, "search", "HELLO ada", "--json");
            Assert.Equal((0, 1), (found.ExitCode, Json(found).GetProperty("total").GetInt32()));
            Assert.Equal(1, (await Cli.RunAsync(root, "search", "nowhere")).ExitCode);
            var run = await Cli.RunAsync(root, "run", "--keep", "--json", "sh", "-c", "echo ran; exit 3");
            Assert.Equal((3, 3), (run.ExitCode, Json(run).GetProperty("exit").GetInt32()));

            await using var agent = await ConnectAsync(folder, "--allow", "control", "--as", "my-agent");
            var stopped = await agent.CallAsync("stop", new { processes = new[] { "web" }, reason = "not needed" });
            Assert.True(stopped.Json.GetProperty("processes")[0].TryGetProperty("stop_ms", out _));
            await agent.CallAsync("ensure", new { processes = new[] { "web" } });
            Assert.Contains("by mcp:my-agent", (await Cli.RunAsync(root, "ps")).Output, StringComparison.Ordinal);
        }
        finally
        {
            await Cli.RunAsync(root, "down");
        }

        static string? Code(CliResult result) => Json(result).GetProperty("error").GetProperty("code").GetString();
    }

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.Output).RootElement;

    private static string? Cursor(Answer answer) => answer.Json.GetProperty("cursor").GetString();

    private static async Task<Agent> ConnectAsync(TestFolder folder, params string[] options)
    {
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = Published.Executable,
            Arguments = ["mcp", .. options],
            WorkingDirectory = folder.Folder.Root,
            Name = "tests",
        });
        return new Agent(await McpClient.CreateAsync(
            transport, new McpClientOptions { ClientInfo = new Implementation { Name = "tests", Version = "1" } }, cancellationToken: Cancellation));
    }

    /// <summary>A client that counts what it asks and gets.</summary>
    private sealed class Agent(McpClient client) : IAsyncDisposable
    {
        public McpClient Client => client;

        public int Calls { get; private set; }

        public int Bytes { get; private set; }

        public async Task<Answer> CallAsync(string tool, object arguments)
        {
            var values = JsonSerializer.SerializeToElement(arguments).EnumerateObject()
                .Where(p => p.Value.ValueKind != JsonValueKind.Null).ToDictionary(p => p.Name, p => (object?)p.Value);
            var result = await client.CallToolAsync(tool, values, cancellationToken: Cancellation);
            var answer = new Answer([.. result.Content.OfType<TextContentBlock>().Select(block => block.Text)], result.IsError == true);
            (Calls, Bytes) = (Calls + 1, Bytes + Encoding.UTF8.GetByteCount(answer.Text));
            return answer;
        }

        public ValueTask DisposeAsync() => client.DisposeAsync();
    }

    private sealed record Answer(IReadOnlyList<string> Blocks, bool IsError)
    {
        public JsonElement Json { get; } = JsonDocument.Parse(Blocks[0]).RootElement;

        public string Text => string.Join('\n', Blocks);

        /// <summary>The texts of the lines in the block of output.</summary>
        public string[] Lines => [.. Blocks.Skip(1).SelectMany(b => b.Split('\n')).Where(l => l.Contains(" | ", StringComparison.Ordinal)).Select(l => l.Split(" | ", 2)[1])];
    }
}
