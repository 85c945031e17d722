namespace OvermindGui.Hub.Reading;

/// <summary>A machine.</summary>
public sealed record HubHost(string Name, IReadOnlyList<HubProjectInfo> Projects);

/// <summary>A project on a machine.</summary>
/// <param name="Id">Its number in the hub.</param>
/// <param name="Alive">Whether a daemon ships it now.</param>
/// <param name="AllowsControl">Whether that daemon carries out commands from the hub.</param>
/// <param name="Backlog">Lines that were still to come after the last batch.</param>
/// <param name="ShippedAt">When the daemon wrote to the hub last.</param>
/// <param name="ClockOffset">By how many seconds the machine's clock is ahead of the hub's.</param>
/// <param name="Processes">In Procfile order.</param>
public sealed record HubProjectInfo(
    int Id, string Name, string Folder, string Version, bool Alive, bool AllowsControl, long Backlog, DateTimeOffset? ShippedAt, double ClockOffset,
    IReadOnlyList<HubProcess> Processes);

/// <summary>A process of a project.</summary>
/// <param name="State">As <c>ps</c> shows it; <c>unknown</c> while no daemon ships the project.</param>
/// <param name="StartedAt">Unix seconds.</param>
/// <param name="StartedBy">Who started the current or last run.</param>
/// <param name="Failures">Failure hits of the last day.</param>
/// <param name="Attached">Who is attached to its terminal, with commas between them; null without anyone, and while no daemon ships the project.</param>
public sealed record HubProcess(
    string Name, string State, int? Pid, int? ExitCode, double? StartedAt, string? StartedBy, int? Port, string? Reason, long Lines, int Failures, string? Attached);
