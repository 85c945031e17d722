using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision.Failures;

/// <summary>A process that can be stopped and restarted. All other members are called inside <see cref="RunExclusiveAsync"/>.</summary>
internal interface IRestartable
{
    /// <summary>Runs an action exclusively: no other command to the process runs at the same time.</summary>
    Task<T> RunExclusiveAsync<T>(Func<Task<T>> action);

    /// <summary>The current or last run, unless a stop was requested.</summary>
    RestartableRun? Run { get; }

    /// <summary>Stops the run, or waits until its own exit is handled. The resulting state is reported later.</summary>
    Task StopForFailureAsync();

    /// <summary>Starts the process again; returns the reason for a failure, or null.</summary>
    /// <param name="cause">The cause that the run records.</param>
    /// <param name="by">The initiator of the restart.</param>
    Task<CommandOutcome?> RestartAsync(string cause, Initiator by);

    /// <summary>Reports the state of the process after its run has ended.</summary>
    Task RecordStateAsync(RestartState state);
}

/// <param name="StartedTimestamp">Start on the monotonic clock.</param>
/// <param name="IsBroken">It was stopped because of a failure.</param>
internal sealed record RestartableRun(RunIdentity Identity, int Pid, long StartedTimestamp, bool IsBroken);

/// <param name="RestartAt">Time of the next restart, Unix seconds; null for none.</param>
/// <param name="Reason">Readable text: why it is in this state.</param>
/// <param name="Crashes">Number of consecutive unexpected exits.</param>
internal sealed record RestartState(ProcessState State, double? RestartAt, string? Reason, int Crashes);
