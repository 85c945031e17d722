using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>A process that runs at this moment.</summary>
/// <param name="StartedTimestamp">Start on the monotonic clock.</param>
internal sealed record RunningProcess(string Name, string Entry, RunIdentity Run, int Pid, long StartedTimestamp)
{
    /// <summary>Null without limits.</summary>
    public ResourceLimits? Limits { get; init; }
}
