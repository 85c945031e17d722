using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OvermindGui.Core.Application;
using OvermindGui.Core.Resources;

namespace OvermindGui.Mcp;

/// <summary>The tools of a project: each is one query or command of the application layer, limited to its own processes.</summary>
internal sealed class ProjectTools(ProjectSession session, ParallelWaits waits, ToolCalls calls)
{
    private const string Names = "Process names as in the Procfile; none for all";

    [McpServerTool(Name = "status", ReadOnly = true, Destructive = false, OpenWorld = false)]
    [Description("State of the project's processes: ready, ports, restarts; CPU and memory; of a failed one its exit code and last lines. Start here.")]
    public async Task<CallToolResult> Status(
        [Description(Names)] string[]? processes = null, [Description("More details")] bool verbose = false, CancellationToken cancellationToken = default)
    {
        await ResourceRequest.SendAsync(session.Folder, cancellationToken);
        return ToolAnswers.Of(new StatusQuery(session).Read(processes, verbose));
    }

    [McpServerTool(Name = "logs", ReadOnly = true, Destructive = false, OpenWorld = false)]
    [Description("Output of the processes. With the cursor of an earlier answer only what came since; long answers keep their beginning and end.")]
    public CallToolResult Logs(
        [Description(Names)] string[]? processes = null,
        [Description("Go on behind this cursor")] string? cursor = null,
        [Description("The newest lines below this line id")] long? before = null,
        [Description("This line id with context lines on both sides")] long? around = null,
        int context = 10,
        [Description("Only of this run")] long? run = null,
        [Description("10m, 14:30 or ISO 8601")] string? since = null,
        string? until = null,
        [Description("This level and worse: error, warn, info or debug")] string? level = null,
        [Description("Leave out lines that hold this text")] string? exclude = null,
        int max_bytes = LogRequest.DefaultBytes) =>
        ToolAnswers.Of(new LogQuery(session).Read(
            new LogRequest(processes, cursor, before, around, context, run, since, until, level, exclude, max_bytes)));

    [McpServerTool(Name = "search", ReadOnly = true, Destructive = false, OpenWorld = false)]
    [Description("Lines that hold a text, or match a regular expression, newest first, with the number of matches per process.")]
    public CallToolResult Search(
        [Description("A text, in any case")] string? query = null,
        [Description("A .NET regular expression instead")] string? regex = null,
        [Description(Names)] string[]? processes = null,
        string? since = null,
        string? until = null,
        string? exclude = null,
        [Description("Only of this run")] long? run = null,
        int limit = 20,
        [Description("Lines of the same process around each match")] int context = 1,
        bool count_only = false,
        int max_bytes = LogRequest.DefaultBytes,
        CancellationToken cancellationToken = default) =>
        ToolAnswers.Of(
            new SearchQuery(session).Find(new SearchRequest(query, regex, processes, since, until, exclude, limit, count_only, run, context), cancellationToken), max_bytes);

    [McpServerTool(Name = "wait", ReadOnly = true, Destructive = false, OpenWorld = false)]
    [Description("Waits for a process: ready, exit, line (a regular expression), port, quiet or error. Answers after 50 s at most; a timeout is an answer, ask again with its cursor.")]
    public async Task<CallToolResult> Wait(
        [Description("Whom to wait for; all where it is left out")] string? process = null,
        [Description("ready, exit, line, port, quiet or error")] string @for = "ready",
        [Description("For line: a regular expression; its groups are returned")] string? pattern = null,
        int? port = null,
        int quiet_ms = 1_000,
        [Description("Lines behind it count too")] string? cursor = null,
        [Description("exit, crash_loop: ends the waiting without success")] string[]? fail_on = null,
        double timeout_s = 45,
        CancellationToken cancellationToken = default)
    {
        using var turn = waits.Enter();
        return ToolAnswers.Of(await new WaitQuery(session).WaitAsync(
            new WaitRequest(process is null ? null : [process], @for, pattern, port, quiet_ms, cursor, fail_on, timeout_s), WaitQuery.Longest, cancellationToken));
    }

    [McpServerTool(Name = "errors", ReadOnly = true, Destructive = false, OpenWorld = false)]
    [Description("Errors that the processes printed, grouped: how often, since when, whether the newest run is the first to have it, and its stack trace. The line id leads to its surroundings (logs, around).")]
    public CallToolResult Errors(
        [Description(Names)] string[]? processes = null,
        [Description("10m, 14:30 or ISO 8601")] string? since = null,
        [Description("Only of this run")] long? run = null,
        [Description("Only those that no earlier run had")] bool only_new = false,
        [Description("Only behind this cursor")] string? cursor = null,
        int limit = 10) =>
        ToolAnswers.Of(new ErrorsQuery(session).Read(new ErrorsRequest(processes, since, run, only_new, limit, cursor)));

    [McpServerTool(Name = "changes", ReadOnly = true, Destructive = false, OpenWorld = false)]
    [Description("What happened since a cursor: starts, ends and who asked for them, changed files, numbers of lines.")]
    public CallToolResult Changes(string? cursor = null) => ToolAnswers.Of(new ChangesQuery(session).Since(cursor));

    [McpServerTool(Name = "explain", ReadOnly = true, Destructive = false, OpenWorld = false)]
    [Description("How a process is to run (command, folder, variables and where each is set, ports) and what is wrong with the project; or who holds a port.")]
    public CallToolResult Explain(string? process = null, int? port = null) =>
        ToolAnswers.Of(new ExplainQuery(session).Explain(process is null ? null : [process], port));

    [McpServerTool(Name = "ensure", ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Starts the project, or these processes and what they depend on, where they do not run, and waits until they are ready. Does nothing to what runs.")]
    public Task<CallToolResult> Ensure(
        McpServer server,
        [Description(Names)] string[]? processes = null,
        [Description("ready or started")] string until = "ready",
        double timeout_s = 45,
        CancellationToken cancellationToken = default) =>
        ControlAsync(server, null, commands => commands.EnsureAsync(processes, until, WaitTime.Of(timeout_s, WaitQuery.Longest), cancellationToken));

    [McpServerTool(Name = "restart", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = false)]
    [Description("Restarts processes by name, waits until they are ready, and names errors that no earlier run had.")]
    public Task<CallToolResult> Restart(
        McpServer server,
        [Description("Process names as in the Procfile")] string[] processes,
        [Description("ready or started")] string until = "ready",
        [Description("Shown to the people who share the project")] string? reason = null,
        double timeout_s = 45,
        CancellationToken cancellationToken = default) =>
        ControlAsync(server, reason, commands => commands.RestartAsync(processes, until, WaitTime.Of(timeout_s, WaitQuery.Longest), cancellationToken));

    [McpServerTool(Name = "stop", ReadOnly = false, Destructive = true, Idempotent = true, OpenWorld = false)]
    [Description("Stops processes by name; answers when they are gone, with the ports that are free then.")]
    public Task<CallToolResult> Stop(
        McpServer server,
        [Description("Process names as in the Procfile")] string[] processes,
        [Description("Shown to the people who share the project")] string? reason = null,
        CancellationToken cancellationToken = default) =>
        ControlAsync(server, reason, commands => commands.StopAsync(processes, cancellationToken));

    [McpServerTool(Name = "run", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = true)]
    [Description("Runs a program once in the project's environment, such as a test: its exit code, and beginning and end of its output. After a timeout it goes on; wait for its exit.")]
    public async Task<CallToolResult> Run(
        McpServer server,
        [Description("The program and its arguments; no shell takes them apart")] string[] argv,
        [Description("The process whose variables and folder it gets; the project's where it is left out")] string? process_env = null,
        [Description("A folder of the project")] string? cwd = null,
        double timeout_s = 45,
        [Description("Stays in the list after its end")] bool keep = false,
        int max_bytes = LogRequest.DefaultBytes,
        CancellationToken cancellationToken = default)
    {
        using var turn = waits.Enter();
        return ToolAnswers.Of(await new OneOffRuns(session.For(calls.InitiatorOf(server))).RunAsync(
            new OneOffRequest(argv, process_env, cwd, keep, timeout_s, max_bytes), cancellationToken));
    }

    [McpServerTool(Name = "send", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = false)]
    [Description("Types into a process, such as an answer to its prompt, and returns what it printed after.")]
    public async Task<CallToolResult> Send(
        McpServer server,
        [Description("The process")] string process,
        [Description("A text; Enter follows it")] string? text = null,
        [Description("Keys to press after the text, such as up, enter, ctrl-c")] string[]? keys = null,
        bool enter = true,
        [Description("A regular expression to wait for in what is printed after")] string? wait_for = null,
        double timeout_s = 10,
        int max_bytes = LogRequest.DefaultBytes,
        CancellationToken cancellationToken = default)
    {
        using var turn = waits.Enter();
        return ToolAnswers.Of(await new InputControl(session.For(calls.InitiatorOf(server))).SendAsync(
            new TypedInput(process, text, keys, enter, wait_for, timeout_s, max_bytes), cancellationToken));
    }

    private async Task<CallToolResult> ControlAsync(McpServer server, string? reason, Func<ProcessControl, Task<CommandReport>> command)
    {
        using var turn = waits.Enter();
        return ToolAnswers.Of(await command(new ProcessControl(session.For(calls.InitiatorOf(server).Because(reason)))));
    }
}
