using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Supervision;

/// <summary>What runs the folder's processes: the daemon itself, or an external overmind.</summary>
internal interface ISupervisor
{
    /// <summary>Starts every process of the plan; returns when each is running, waiting for others, or has failed.</summary>
    /// <exception cref="StartupException">No process can be started, for a reason that the user can fix.</exception>
    Task StartAllAsync(CancellationToken cancellationToken);

    /// <summary>Carries out a command to some processes, or to all when none is named.</summary>
    /// <param name="subject">Names and patterns with commas between them; for a scaling, the formation.</param>
    /// <param name="by">Who asks.</param>
    Task<CommandOutcome> ExecuteAsync(CommandKind kind, string? subject, Initiator by);

    /// <summary>Within this time any of its processes is stopped, and all of them.</summary>
    TimeSpan StopLimit { get; }

    /// <summary>Hands a process a text as if it had been typed.</summary>
    Task<CommandOutcome> TypeAsync(string process, string text);

    /// <summary>Ends all of them, and returns when that is done: the last that it is asked to do. Nothing starts any more from this call on.</summary>
    Task StopAllAsync();

    /// <summary>Ends at once what is still running; it does not wait for programs that clean up. For <see cref="StopAllAsync"/> under way.</summary>
    Task KillAllAsync();

    /// <summary>Faults when nothing can be supervised any more; the daemon then ends.</summary>
    Task Failed { get; }

    /// <summary>Completes when a process has ended whose end ends everything, with words about it; the daemon then ends.</summary>
    Task<string> EndedByRule { get; }

    /// <summary>The highest exit code of all processes that ended by themselves.</summary>
    int HighestExitCode { get; }
}
