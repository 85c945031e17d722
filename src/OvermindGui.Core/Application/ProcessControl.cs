using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Resources;

namespace OvermindGui.Core.Application;

/// <summary>The result of a command.</summary>
/// <param name="Result">already_running, started, restarted, stopped, failed or timeout.</param>
/// <param name="Message">Why it failed, and what to do next.</param>
/// <param name="TookMs">Duration in milliseconds.</param>
public sealed record CommandReport(int V, string Result, string? Message, long TookMs, IReadOnlyList<ChangedProcess> Processes, string? Cursor)
{
    /// <summary>Milliseconds until all were ready; null when that was not waited for, or did not happen.</summary>
    public long? ReadyMs { get; init; }

    /// <summary>Errors that the new runs printed and no earlier run had; null for none.</summary>
    public IReadOnlyList<NewError>? NewErrors { get; init; }

    /// <summary>True when the requested state was reached.</summary>
    public bool Succeeded() => Result is not ("failed" or "timeout");
}

/// <summary>A process after a command.</summary>
/// <param name="OldRun">Its previous run, if a new one was started.</param>
/// <param name="Last">Its last lines, if it failed.</param>
/// <param name="PortsFreed">Ports on which it no longer listens.</param>
/// <param name="StopMs">Milliseconds until the previous run had ended, if the command ended it.</param>
public sealed record ChangedProcess(
    string Name, string State, bool? Ready, int? Pid, IReadOnlyList<int>? Ports, string? Url, long? OldRun, long? Run, int? Exit, IReadOnlyList<string>? Last,
    IReadOnlyList<int>? PortsFreed, long? StopMs = null);

/// <summary>An error that no earlier run of the process had. <c>errors</c> has the details.</summary>
public sealed record NewError(string Process, long Line, long Count, string Text);

/// <summary>
/// Implements <c>ensure</c>, <c>restart</c> and <c>stop</c> for processes by name; returns when the requested state is reached.
/// </summary>
public sealed class ProcessControl(ProjectSession session)
{
    private const int LastLines = 20;
    private const int MostErrors = 5;
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Starts the daemon if necessary, and the processes that are not running: all that start by default, or these and those that they
    /// depend on.
    /// </summary>
    /// <param name="until">ready or started.</param>
    public async Task<CommandReport> EnsureAsync(
        IReadOnlyCollection<string>? names, string until, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = session.Time.GetTimestamp();
        CheckUntil(until);
        var wanted = new WantedProcesses(RecordedPlan.Load(session.Database), names);
        var isStarted = false;
        if (!DaemonLock.IsHeld(session.Folder))
        {
            if (session.Launcher is not { } launcher) return Report("failed", "No daemon is running, and none may be started here", began, [], null);
            if (await launcher.StartAsync(session.Folder, new FirstStart(wanted.AtFirst, session.Initiator), cancellationToken) is { } failure)
                return Report("failed", failure, began, [], null);
            isStarted = true;
        }

        var before = new StatusQuery(session).Runs();
        var asked = wanted.Of(session.Read());
        if (!isStarted)
            foreach (var step in wanted.Steps(asked))
            {
                if (step.After.Count > 0)
                {
                    var waited = await WaitForAsync("started", step.After, "ready", timeout, began, before, cancellationToken);
                    if (!waited.Succeeded()) return waited;
                }

                isStarted = true;
                var outcome = await session.Commands.SendAsync(CommandKind.Start, string.Join(',', step.Start.Select(p => p.Name)), CommandTimeout, cancellationToken);
                if (!outcome.Succeeded) return Report("failed", outcome.Message, began, asked, before);
            }

        return await WaitForAsync(isStarted ? "started" : "already_running", asked, until, timeout, began, before, cancellationToken);
    }

    /// <param name="until">ready or started.</param>
    public async Task<CommandReport> RestartAsync(
        IReadOnlyCollection<string> names, string until, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = session.Time.GetTimestamp();
        CheckUntil(until);
        var asked = Named(names);
        var (before, at, cursor) = (new StatusQuery(session).Runs(), session.Time.GetUtcNow(), LineCursor.Newest(session.Database));
        var outcome = await session.Commands.SendAsync(CommandKind.Restart, string.Join(',', asked.Select(p => p.Name)), CommandTimeout, cancellationToken);
        var report = outcome.Succeeded
            ? await WaitForAsync("restarted", asked, until, timeout, began, before, cancellationToken)
            : Report("failed", outcome.Message, began, asked, before);
        return WithStopTimes(report, at) with { NewErrors = NewErrorsOf(asked, cursor) };
    }

    public async Task<CommandReport> StopAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var began = session.Time.GetTimestamp();
        var (asked, at) = (Named(names), session.Time.GetUtcNow());
        var outcome = await session.Commands.SendAsync(CommandKind.Stop, string.Join(',', asked.Select(p => p.Name)), CommandTimeout, cancellationToken);
        var report = WithStopTimes(Report(outcome.Succeeded ? "stopped" : "failed", outcome.Succeeded ? null : outcome.Message, began, asked, null), at);
        var still = ListeningSockets.Read();
        return report with
        {
            Processes =
            [
                .. report.Processes.Select(p => p with
                {
                    PortsFreed = asked.First(a => a.Name == p.Name).TcpPorts.Where(port => !still.ContainsKey(new ListeningPort(port, false))).ToList() is { Count: > 0 } freed ? freed : null,
                }),
            ],
        };
    }

    private async Task<CommandReport> WaitForAsync(
        string result, IEnumerable<ProcessInfo> asked, string until, TimeSpan timeout, long began, Dictionary<string, RunReport> before, CancellationToken cancellationToken)
    {
        var processes = asked.ToList();
        if (until == "started" || processes.Count == 0) return Report(result, null, began, processes, before);
        var left = timeout - session.Time.GetElapsedTime(began);
        var wait = await new WaitQuery(session).WaitAsync(
            new WaitRequest([.. processes.Select(p => p.Name)], TimeoutS: Math.Max(0, left.TotalSeconds)), null, cancellationToken);
        return wait.Result switch
        {
            "matched" => Report(result, null, began, processes, before) is var report && report.Processes.FirstOrDefault(p => p.State is "dead" or "broken" or "crash loop") is { } ended
                ? report with { Result = "failed", Message = $"{ended.Name}: ended right after its start" }
                : report with { ReadyMs = (long)session.Time.GetElapsedTime(began).TotalMilliseconds },
            "failed" => Report("failed", $"{wait.Process ?? "the daemon"}: {wait.Why ?? wait.State}", began, processes, before),
            _ => Report("timeout", $"Not ready within {timeout.TotalSeconds:0.#} s; wait goes on waiting", began, processes, before),
        };
    }

    private CommandReport Report(string result, string? message, long began, IReadOnlyCollection<ProcessInfo> asked, Dictionary<string, RunReport>? before)
    {
        var status = new StatusQuery(session);
        var now = session.Read().Processes.Where(p => asked.Any(a => a.Name == p.Name)).ToList();
        var runs = status.Runs();
        var processes = status.Describe(now, LastLines, verbose: true).Select(p => new ChangedProcess(
            p.Name, p.State, p.Ready, p.Pid, p.Ports, p.Url, before?.GetValueOrDefault(p.Name)?.Id is { } old && old != runs.GetValueOrDefault(p.Name)?.Id ? old : null,
            runs.GetValueOrDefault(p.Name)?.Id, p.Exit, p.Last, null));
        return new CommandReport(
            1, result, message, (long)session.Time.GetElapsedTime(began).TotalMilliseconds, [.. processes], LineCursor.Newest(session.Database)?.ToString());
    }

    private IReadOnlyList<ProcessInfo> Named(IReadOnlyCollection<string> names) => names.Count > 0
        ? ProjectSession.Select(session.Read(), names)
        : throw new RequestException(RequestException.BadRequestCode, "processes: name at least one");

    private CommandReport WithStopTimes(CommandReport report, DateTimeOffset since)
    {
        var ends = new StatusQuery(session).Ends();
        return report with
        {
            Processes = [.. report.Processes.Select(p => p with { StopMs = ends.GetValueOrDefault((p.OldRun ?? p.Run) ?? 0) is { } end && end >= since ? (long)(end - since).TotalMilliseconds : null })],
        };
    }

    private List<NewError>? NewErrorsOf(IReadOnlyList<ProcessInfo> processes, LineCursor? since)
    {
        if (since is null) return null;
        var found = new ErrorsQuery(session).Read(new ErrorsRequest([.. processes.Select(p => p.Name)], New: true, Limit: MostErrors, Cursor: since.ToString())).Errors;
        return found.Count == 0 ? null : [.. found.Select(error => new NewError(error.Process, error.Line, error.Count, error.Text))];
    }

    private static void CheckUntil(string until)
    {
        if (until is not ("ready" or "started")) throw new RequestException(RequestException.BadRequestCode, $"until: expected ready or started, found {until}");
    }
}
