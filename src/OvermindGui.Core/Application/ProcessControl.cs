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
    /// <summary>True when the requested state was reached.</summary>
    public bool Succeeded() => Result is not ("failed" or "timeout");
}

/// <summary>A process after a command.</summary>
/// <param name="OldRun">Its previous run, if a new one was started.</param>
/// <param name="Last">Its last lines, if it failed.</param>
/// <param name="PortsFreed">Ports on which it no longer listens.</param>
public sealed record ChangedProcess(
    string Name, string State, bool? Ready, int? Pid, IReadOnlyList<int>? Ports, string? Url, long? OldRun, long? Run, int? Exit, IReadOnlyList<string>? Last,
    IReadOnlyList<int>? PortsFreed);

/// <summary>
/// Implements <c>ensure</c>, <c>restart</c> and <c>stop</c> for processes by name; returns when the requested state is reached.
/// </summary>
public sealed class ProcessControl(ProjectSession session)
{
    private const int LastLines = 20;
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Starts the daemon if necessary, and all processes that are not running.</summary>
    /// <param name="until">ready or started.</param>
    public async Task<CommandReport> EnsureAsync(
        IReadOnlyCollection<string>? names, string until, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = session.Time.GetTimestamp();
        CheckUntil(until);
        var started = false;
        if (!DaemonLock.IsHeld(session.Folder))
        {
            if (session.Launcher is not { } launcher) return Report("failed", "No daemon is running, and none may be started here", began, [], null);
            if (await launcher.StartAsync(session.Folder, cancellationToken) is { } failure) return Report("failed", failure, began, [], null);
            started = true;
        }

        var before = new StatusQuery(session).Runs();
        var snapshot = session.Read();
        var asked = ProjectSession.Select(snapshot, names);
        // Without names: the processes that the daemon starts by default, except one-shot processes that are done.
        var idle = asked.Where(p => !p.State.IsUp() && p.State != ProcessState.Waiting && !(names is not { Count: > 0 } && (p.State == ProcessState.Exited || IsNotStarted(p)))).ToList();
        if (idle.Count > 0 && !(started && names is not { Count: > 0 }))
        {
            started = true;
            var outcome = await session.Commands.SendAsync(CommandKind.Start, string.Join(',', idle.Select(p => p.Name)), CommandTimeout, cancellationToken);
            if (!outcome.Succeeded) return Report("failed", outcome.Message, began, asked, before);
        }

        return await WaitForAsync(started ? "started" : "already_running", asked.Where(p => names is { Count: > 0 } || !IsNotStarted(p)), until, timeout, began, before, cancellationToken);
    }

    /// <param name="until">ready or started.</param>
    public async Task<CommandReport> RestartAsync(
        IReadOnlyCollection<string> names, string until, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = session.Time.GetTimestamp();
        CheckUntil(until);
        var asked = Named(names);
        var before = new StatusQuery(session).Runs();
        var outcome = await session.Commands.SendAsync(CommandKind.Restart, string.Join(',', asked.Select(p => p.Name)), CommandTimeout, cancellationToken);
        return outcome.Succeeded
            ? await WaitForAsync("restarted", asked, until, timeout, began, before, cancellationToken)
            : Report("failed", outcome.Message, began, asked, before);
    }

    public async Task<CommandReport> StopAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var began = session.Time.GetTimestamp();
        var asked = Named(names);
        var outcome = await session.Commands.SendAsync(CommandKind.Stop, string.Join(',', asked.Select(p => p.Name)), CommandTimeout, cancellationToken);
        var report = Report(outcome.Succeeded ? "stopped" : "failed", outcome.Succeeded ? null : outcome.Message, began, asked, null);
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
            "matched" => Report(result, null, began, processes, before),
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
        : throw new RequestException("bad_request", "processes: name at least one");

    private bool IsNotStarted(ProcessInfo process) =>
        RecordedPlan.Load(session.Database).Processes.FirstOrDefault(p => p.Name == process.Name)?.NotStartedReason is not null;

    private static void CheckUntil(string until)
    {
        if (until is not ("ready" or "started")) throw new RequestException(RequestException.BadRequestCode, $"until: expected ready or started, found {until}");
    }
}
