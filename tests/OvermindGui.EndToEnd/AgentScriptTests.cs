using System.Text;
using System.Text.Json;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Agents that have a shell alone, and scripts that pipe requests.</summary>
public class AgentScriptTests
{
    private const int Timeout = 120_000;
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"tests","version":"1"}}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task A_shell_agent_brings_up_sees_the_error_fixes_it_and_verifies_in_few_bytes_under_its_name()
    {
        using var folder = new TestFolder("api: sh app.sh", "noise: while :; do echo tick; sleep 0.05; done");
        var bytes = 0;
        var app = Path.Combine(folder.Folder.Root, "app.sh");
        await File.WriteAllTextAsync(app, "echo booting\necho 'ERROR: cannot read config.json' >&2\nexit 3\n", Cancellation);
        try
        {
            var failed = await AskAsync(1, "up", "--until", "ready", "--timeout", "30", "--json");
            Assert.Contains("cannot read config.json", failed.GetRawText(), StringComparison.Ordinal);
            var error = Assert.Single((await AskAsync(0, "errors", "--json")).GetProperty("errors").EnumerateArray());
            Assert.Equal(("api", "ERROR: cannot read config.json"), (error.GetProperty("process").GetString(), error.GetProperty("text").GetString()));
            Assert.Contains("sh app.sh", (await AskAsync(0, "explain", "api", "--json")).GetRawText(), StringComparison.Ordinal);

            await File.WriteAllTextAsync(app, "echo booting\necho serving on 8080\nsleep 1000\n", Cancellation);
            Assert.Equal("restarted", (await AskAsync(0, "restart", "api", "--reason", "config fixed", "--json")).GetProperty("result").GetString());
            var seen = await AskAsync(0, "wait", "api", "--for", "line", "--pattern", @"serving on (\d+)", "--cursor", CursorOf(failed), "--json");
            Assert.Equal("8080", seen.GetProperty("groups").GetProperty("1").GetString());
            var logs = await AskAsync(0, "logs", "api", "--cursor", CursorOf(failed), "--json");
            Assert.DoesNotContain("cannot read config.json", logs.GetRawText(), StringComparison.Ordinal); // only what came since
            Assert.Contains("\"by\":\"cli:codex: config fixed\"", (await AskAsync(0, "ps", "--json")).GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            var down = await Cli.RunAsync(folder.Folder.Root, "down", "--as", "codex");
            Assert.Equal(0, down.ExitCode);
        }

        Assert.False(DaemonLock.IsHeld(folder.Folder));
        Assert.InRange(bytes, 1, 8 * 1024);
        using var connection = OvermindDatabase.In(folder.Folder).OpenConnection();
        Assert.Equal(["restart", "quit"], connection.Query("SELECT command FROM daemon_commands WHERE requested_by LIKE 'cli:codex%' ORDER BY id", row => row.GetString(0)));

        async Task<JsonElement> AskAsync(int exitCode, params string[] words)
        {
            var result = await Cli.RunAsync(folder.Folder.Root, [.. words, "--as", "codex"]);
            Assert.True(result.ExitCode == exitCode, $"{string.Join(' ', words)}: {result}");
            bytes += Encoding.UTF8.GetByteCount(result.Output + result.Errors);
            return JsonElement.Parse(result.Output);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_piped_into_mcp_is_answered_before_it_ends()
    {
        using var folder = new TestFolder("web: sleep 1000");
        string[] messages =
        [
            Initialize, """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            """{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"wait","arguments":{"for":"port","port":1,"timeout_s":1,"fail_on":[]}}}""",
            """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"status","arguments":{}}}""", "no message",
        ];

        var result = await Cli.RunAsync("sh", folder.Folder.Root, ["-c", "printf '%s\\n' \"$@\" | \"$0\" mcp", Published.Executable, .. messages]);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        var answers = result.Output.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line)).ToDictionary(a => a.GetProperty("id").ToString());
        Assert.Equal(["1", "3", "slow"], answers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("overmind-gui", answers["1"].GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.False(DaemonLock.IsHeld(folder.Folder));
    }

    private static string CursorOf(JsonElement answer) => answer.GetProperty("cursor").GetString()!;
}
