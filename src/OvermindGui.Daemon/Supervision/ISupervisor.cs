using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Supervision;

/// <summary>What runs the folder's processes: the daemon itself, or an external overmind.</summary>
internal interface ISupervisor
{
    /// <summary>Starts the processes of the plan; returns when each is running, waiting for others, or has failed.</summary>
    /// <exception cref="StartupException">No process can be started, for a reason that the user can fix.</exception>
    Task StartAllAsync(FirstStart first, CancellationToken cancellationToken);

    /// <summary>Executes a command for some processes, or for all when none is named.</summary>
    /// <param name="subject">Comma-separated names and patterns; for scaling, the formation.</param>
    /// <param name="by">The initiator.</param>
    /// <param name="cause">Why runs are started, as they record it; null for the name of the command.</param>
    Task<CommandOutcome> ExecuteAsync(CommandKind kind, string? subject, Initiator by, string? cause = null);

    /// <summary>Has a run replaced that breaks a rule, with the delays of the restart policy. Returns at once.</summary>
    void RestartFor(string process, RuleViolation violation);

    /// <summary>The processes that run at this moment.</summary>
    IReadOnlyList<RunningProcess> Running { get; }

    /// <summary>The longest time that stopping one or all of its processes can take.</summary>
    TimeSpan StopLimit { get; }

    /// <summary>Sends a text to the input of a process.</summary>
    Task<CommandOutcome> TypeAsync(string process, string text);

    /// <summary>The current run of a process, to type to it and to look at its terminal; otherwise why there is none.</summary>
    (IChild? Child, string Answer) Find(string process);

    /// <summary>Ends all of them, and returns when that is done: the last that it is asked to do. Nothing starts any more from this call on.</summary>
    Task StopAllAsync();

    /// <summary>Ends at once what is still running; it does not wait for programs that clean up. For <see cref="StopAllAsync"/> under way.</summary>
    Task KillAllAsync();

    /// <summary>Faults when nothing can be supervised any more; the daemon then ends.</summary>
    Task Failed { get; }

    /// <summary>Completes with a message when a process has ended whose exit policy stops all; the daemon then ends.</summary>
    Task<string> EndedByRule { get; }

    /// <summary>The highest exit code of all processes that exited on their own.</summary>
    int HighestExitCode { get; }
}
