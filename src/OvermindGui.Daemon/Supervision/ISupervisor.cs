using OvermindGui.Core.Processes;
using OvermindGui.Daemon.Hosting;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Whoever runs the folder's processes: the daemon itself, or an external overmind. Disposing ends them all.</summary>
internal interface ISupervisor : IAsyncDisposable
{
    /// <summary>Starts every process; returns when they run or have failed.</summary>
    /// <exception cref="StartupException">None can be started at all, for a reason that a person can mend.</exception>
    Task StartAllAsync();

    /// <summary>Carries out start, stop or restart of one process, or of all when no name is given.</summary>
    Task<CommandOutcome> ExecuteAsync(CommandKind kind, string? name);

    /// <summary>Faults when nothing can be supervised any more; the daemon then ends.</summary>
    Task Failed { get; }
}
