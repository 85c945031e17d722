using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Api;

/// <summary>A process as the API shows it.</summary>
/// <param name="Name">Its name in the Procfile.</param>
/// <param name="Status">starting, running, stopping, stopped, exited, dead, waiting, crash loop, broken or unknown.</param>
/// <param name="Selected">Whether a browser without a selection of its own shows its output.</param>
/// <param name="UserDisabled">True when it was stopped on purpose, or never started.</param>
/// <param name="OutputCount">Number of its stored lines that are not cleared.</param>
/// <param name="Broken">True when its output has matched a failure declaration since its last start.</param>
/// <param name="LastRestartTime">Start of its current or last run in epoch seconds; 0 when it never ran.</param>
/// <param name="WarningPatterns">Its failure declarations.</param>
/// <param name="Pid">Null when it is not running.</param>
/// <param name="ExitCode">Exit code of its last run, 128 + n after signal n; null while it is running or when it never ran.</param>
/// <param name="Command">Its command in the Procfile.</param>
/// <param name="RestartAt">Time of its next automatic restart, epoch seconds; null when none is due.</param>
/// <param name="Entry">Name of its Procfile entry: web for the instance web#2.</param>
/// <param name="Instance">1-based number among the instances of its entry.</param>
/// <param name="Port">Value of its PORT; null when it has none.</param>
/// <param name="Listening">Ports on which it and its descendants listen, such as 3000 and 5353/udp.</param>
/// <param name="StartedBy">Who started the current or last run, such as cli:alice, page, mcp:codex or restart-rule; null when not recorded.</param>
/// <param name="Group">Processes of the same group are shown together; null for none.</param>
/// <param name="Rule">Readable text: what happens when the process exits on its own.</param>
/// <param name="Reason">Readable text: why it is in its state; null when the state is self-explanatory.</param>
/// <param name="Ready">Whether its ready check has passed in this run; null when it has none or is not running.</param>
/// <param name="Healthy">Whether its liveness check passes; null when it has none or is not running.</param>
/// <param name="WaitingForInput">text or password when it waits for someone to type that; null otherwise.</param>
/// <param name="Attached">Who is attached to its terminal, such as cli:alice, page or cli:bob (read-only).</param>
/// <param name="NextRun">When its schedule starts it next, epoch seconds; null without a schedule.</param>
/// <param name="Crashes">Number of consecutive exits on its own.</param>
public sealed record ProcessResponse(
    string Name, string Status, bool Selected, bool UserDisabled, long OutputCount, bool Broken, double LastRestartTime,
    IReadOnlyList<string> WarningPatterns, int? Pid, int? ExitCode, string Command, double? RestartAt,
    string Entry, int Instance, int? Port, IReadOnlyList<string> Listening, string? StartedBy, string? Group, string? Rule, string? Reason, bool? Ready, bool? Healthy, string? WaitingForInput, IReadOnlyList<string> Attached, double? NextRun, int Crashes)
{
    internal static ProcessResponse From(ProcessInfo process, bool selected, IReadOnlyList<string> warningPatterns) => new(
        process.Name, process.State.ToText(), selected, process.State == ProcessState.Stopped, process.LineCount,
        process.State == ProcessState.Broken, process.StartedAt?.ToUnixSeconds() ?? 0, warningPatterns, process.Pid,
        process.Exit?.Code, process.Command, process.RestartAt?.ToUnixSeconds(), process.Entry,
        process.Instance, process.Port, [.. ListeningPort.Parse(process.Listening).Select(p => p.ToString())], process.StartedBy?.ToString(), process.Group, process.Rule, process.Reason, process.Ready, process.Healthy, process.WaitingForInput?.ToText(), process.Attached?.Split('\n') ?? [], process.NextRun?.ToUnixSeconds(), process.Crashes);
}

/// <summary>Number of processes per state; each process counts once.</summary>
/// <param name="Running">Includes starting and stopping processes.</param>
/// <param name="Stopped">Stopped on purpose, not started yet, waiting, or exited with code 0.</param>
/// <param name="Dead">Failed: exited with another code or a signal, including crash loops.</param>
/// <param name="Broken">Stopped by a failure declaration.</param>
public sealed record Stats(int Total, int Running, int Stopped, int Dead, int Broken, int Selected)
{
    internal static Stats Of(IReadOnlyList<ProcessInfo> processes, IReadOnlySet<string> deselected)
    {
        var buckets = processes.CountBy(p => p.State.Bucket()).ToDictionary();
        return new Stats(
            processes.Count, buckets.GetValueOrDefault(StateBucket.Running), buckets.GetValueOrDefault(StateBucket.Stopped),
            buckets.GetValueOrDefault(StateBucket.Dead), buckets.GetValueOrDefault(StateBucket.Broken),
            processes.Count(p => !deselected.Contains(p.Name)));
    }
}
