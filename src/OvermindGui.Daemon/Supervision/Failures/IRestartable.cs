using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision.Failures;

/// <summary>A process that can be ended and started again because of what it does. All but the first is asked for in its turn.</summary>
internal interface IRestartable
{
    /// <summary>Does something when nothing else is being done to the process.</summary>
    Task<T> InTurnAsync<T>(Func<Task<T>> action);

    /// <summary>The current or last run, unless somebody has asked for its end.</summary>
    RestartableRun? Run { get; }

    /// <summary>Ends the run, or waits for all that follows from an end that it has found by itself. What state that leads to is told later.</summary>
    Task BreakAsync();

    /// <summary>Starts it again; returns why it could not be, or null.</summary>
    /// <param name="cause">As the run is to record it.</param>
    /// <param name="by">What called for it.</param>
    Task<CommandOutcome?> ComeBackAsync(string cause, Initiator by);

    /// <summary>Tells the state of the process whose run has ended.</summary>
    Task TellAsync(RestartState state);
}

/// <param name="StartedTimestamp">When it began, on the clock that measures.</param>
/// <param name="IsBroken">It has been ended because of a failure.</param>
internal sealed record RestartableRun(RunIdentity Identity, int Pid, long StartedTimestamp, bool IsBroken);

/// <param name="RestartAt">When it is started again, Unix seconds; null when it is not.</param>
/// <param name="Reason">Why it is in this state, for people.</param>
/// <param name="Crashes">Ends by itself in a row.</param>
internal sealed record RestartState(ProcessState State, double? RestartAt, string? Reason, int Crashes);
