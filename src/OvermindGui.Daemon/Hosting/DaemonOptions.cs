using OvermindGui.Core.Projects;

namespace OvermindGui.Daemon.Hosting;

public sealed class DaemonOptions
{
    public required ProjectFolder Folder { get; init; }

    /// <summary>Leave the starter's terminal and session once it serves.</summary>
    public bool Detach { get; init; }

    /// <summary>Log at debug level.</summary>
    public bool Debug { get; init; }
}
