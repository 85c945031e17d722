using System.CommandLine;
using OvermindGui.Core.Application;
using OvermindGui.Core.Terminal;
using OvermindGui.Options;

namespace OvermindGui.Agents;

/// <summary><c>up</c>, <c>wait</c>, <c>changes</c> and <c>explain</c>: the tools of <c>mcp</c> for shells, scripts and CI.</summary>
internal static class AgentCommands
{
    public static Command CreateUp()
    {
        var command = new Command("up", "Start the daemon and the processes that do not run, and wait until they are ready");
        var (arguments, names, until, timeout) = (new SessionArguments(), Names(), Until(), Timeout());
        command.Add(names);
        foreach (var option in new Option[] { until, timeout }) command.Add(option);
        arguments.AddTo(command);
        arguments.SetAction(command, async (words, session) =>
        {
            var report = await new ProcessControl(session).EnsureAsync(
                words.GetValue(names), words.GetValue(until)!, WaitTime.Of(words.GetValue(timeout), TimeSpan.FromDays(1)), CancellationToken.None);
            if (arguments.IsJson(words)) Console.WriteLine(ApplicationJson.Write(report));
            else CommandReportText.Print(report);
            return CommandReportText.ExitCodeOf(report.Result);
        });
        return command;
    }

    public static Command CreateWait()
    {
        var command = new Command("wait", "Wait until processes are ready, or for an exit, a line, a port, quiet or an error");
        var (arguments, names, timeout) = (new SessionArguments(), Names(), Timeout());
        var kind = new Option<string>("--for")
        {
            Description = "ready (default), exit, line, port, quiet or error",
            HelpName = "what",
            DefaultValueFactory = _ => "ready",
            CompletionSources = { "ready", "exit", "line", "port", "quiet", "error" },
        };
        var pattern = new Option<string?>("--pattern") { Description = "For line: a .NET regular expression" };
        var port = new Option<int?>("--port") { Description = "For port: which" };
        var quiet = new Option<int>("--quiet-ms") { Description = "For quiet: how long nothing is printed", DefaultValueFactory = _ => 1_000 };
        var cursor = new Option<string?>("--cursor") { Description = "Lines behind it count too", HelpName = "cursor" };
        var failOn = new Option<string[]>("--fail-on")
        {
            Description = "What ends the waiting without success: exit, crash_loop (default: both)",
            HelpName = "what",
            CompletionSources = { "exit", "crash_loop" },
        };
        command.Add(names);
        foreach (var option in new Option[] { kind, pattern, port, quiet, cursor, failOn, timeout }) command.Add(option);
        arguments.AddTo(command);
        arguments.SetAction(command, async (words, session) =>
        {
            var report = await new WaitQuery(session).WaitAsync(
                new WaitRequest(
                    words.GetValue(names), words.GetValue(kind)!, words.GetValue(pattern), words.GetValue(port), words.GetValue(quiet), words.GetValue(cursor),
                    words.GetResult(failOn) is null ? null : [.. (words.GetValue(failOn) ?? []).SelectMany(w => w.Split(','))],
                    words.GetValue(timeout)),
                null, CancellationToken.None);
            if (arguments.IsJson(words)) Console.WriteLine(ApplicationJson.Write(report));
            else
            {
                foreach (var line in report.Tail ?? []) Console.WriteLine($"{line.Process} | {VisibleText.Of(line.Text)}");
                Console.WriteLine(VisibleText.Of(
                    report.Line is { } found ? $"{found.Process} | {found.Text}" : string.Join(": ", new[] { report.Result, report.Process, report.Why ?? report.State }.OfType<string>())));
            }

            return report.Result switch { "matched" => 0, "timeout" => CommandReportText.TimedOut, _ => 1 };
        });
        return command;
    }

    public static Command CreateChanges()
    {
        var command = new Command("changes", "Show what happened since a cursor: starts, exits, who asked, and how many lines were printed");
        var arguments = new SessionArguments();
        var cursor = new Argument<string?>("cursor") { Description = "From an earlier answer; without one, it is printed", Arity = ArgumentArity.ZeroOrOne };
        command.Add(cursor);
        arguments.AddTo(command);
        arguments.SetAction(command, (words, session) =>
        {
            var report = new ChangesQuery(session).Since(words.GetValue(cursor));
            if (arguments.IsJson(words))
            {
                Console.WriteLine(ApplicationJson.Write(report));
                return Task.FromResult(0);
            }

            foreach (var e in report.Events)
                Console.WriteLine(VisibleText.Of($"{e.Time} {e.Process} {e.What}{(e.Exit is { } code ? $" (exit {code})" : "")}{(e.By is { } by ? $" by {by}" : "")}"));
            foreach (var (process, count) in report.Lines) Console.WriteLine($"{process}: {Core.Contracts.Quantity.Lines(count)}");
            foreach (var pending in report.Pending ?? []) Console.WriteLine(VisibleText.Of($"not applied yet: {pending}"));
            Console.WriteLine($"cursor {report.Cursor ?? "-"}");
            return Task.FromResult(0);
        });
        return command;
    }

    public static Command CreateExplain()
    {
        var command = new Command("explain", "Show how a process is planned, where each variable is set, and which process holds a port");
        var (arguments, names) = (new SessionArguments(), Names());
        var port = new Option<int?>("--port") { Description = "Show which process listens on this port instead" };
        command.Add(names);
        command.Add(port);
        arguments.AddTo(command);
        arguments.SetAction(command, (words, session) =>
        {
            var report = new ExplainQuery(session).Explain(words.GetValue(names), words.GetValue(port));
            if (arguments.IsJson(words)) Console.WriteLine(ApplicationJson.Write(report));
            else Print(report);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Print(ExplainReport report)
    {
        if (report.Port is { } port)
            Console.WriteLine(VisibleText.Of(
                $"port {port.Port} is {(port.Busy ? port.Holder is { } h ? $"held by {h}{(h.Process is null ? "" : $": {h.Command}")}" : "held by a program of another user" : "free")}"));
        foreach (var process in report.Processes ?? [])
        {
            Console.WriteLine(VisibleText.Of($"{process.Name}: {process.Command}"));
            Console.WriteLine(VisibleText.Of($"  in {process.Folder}"));
            if (process.NotStarted is { } reason) Console.WriteLine(VisibleText.Of($"  not started: {reason}"));
            if (process.Port is { } planned) Console.WriteLine($"  PORT {planned}, listens on {(process.Listening is { } open ? string.Join(", ", open) : "none")}");
            if (process.PortHolder is { } holder) Console.WriteLine(VisibleText.Of($"  port {process.Port} is held by {holder}"));
            foreach (var variable in process.Variables) Console.WriteLine(VisibleText.Of($"  {variable.Name}={variable.Value}  ({variable.From})"));
        }

        foreach (var finding in report.Findings ?? []) Console.WriteLine(VisibleText.Of(finding));
    }

    private static Argument<string[]> Names() => new("process_name")
    {
        Description = "Names in the Procfile; none for all",
        Arity = ArgumentArity.ZeroOrMore,
        CompletionSources = { ProcessWords.Names },
    };

    private static Option<string> Until() => new("--until")
    {
        Description = "ready (default) or started",
        HelpName = "state",
        DefaultValueFactory = _ => "ready",
        CompletionSources = { "ready", "started" },
    };

    private static Option<double> Timeout() => new("--timeout") { Description = "Seconds to wait (default: 45)", HelpName = "seconds", DefaultValueFactory = _ => 45 };
}
