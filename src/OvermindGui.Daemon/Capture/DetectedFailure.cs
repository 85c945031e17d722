using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Capture;

/// <summary>Something happened to a run that may call for another one.</summary>
internal abstract record RestartCause(RunIdentity Run);

/// <summary>A line matched.</summary>
/// <param name="Text">The whole line.</param>
/// <param name="Time">When, Unix milliseconds.</param>
internal sealed record DetectedFailure(RunIdentity Run, FailureDeclaration Declaration, FailureAction Action, string Text, long Time)
    : RestartCause(Run);

/// <summary>An unexpected exit of a process whose rule is to be restarted.</summary>
internal sealed record EndedByItself(RunIdentity Run, ExitStatus? Exit) : RestartCause(Run)
{
    /// <summary>Why it could not even be started; null when it was.</summary>
    public string? Reason { get; init; }
}
