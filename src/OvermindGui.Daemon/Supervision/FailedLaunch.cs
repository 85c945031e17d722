using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>A run that could not be started.</summary>
internal sealed record FailedLaunch(RunIdentity Identity, double StartedAt, long StartedTimestamp, string Reason)
{
    /// <summary>Its exit, as a shell says it of a command that it cannot start.</summary>
    public static readonly ExitStatus Exit = new(127);
}
