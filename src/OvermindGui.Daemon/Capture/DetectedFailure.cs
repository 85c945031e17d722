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

/// <summary>A rule says that the run is to be replaced: it exceeded a limit, or does not answer any more.</summary>
/// <param name="Cause">Why the next run is started, as it records it: <c>max_memory</c>, <c>liveness</c>.</param>
/// <param name="By">The rule.</param>
/// <param name="Reason">Readable text: <c>memory 612 MB, above its limit of 600 MB</c>.</param>
internal sealed record RuleViolation(RunIdentity Run, string Cause, Initiator By, string Reason) : RestartCause(Run);

/// <summary>An unexpected exit of a process whose rule is to be restarted.</summary>
internal sealed record EndedByItself(RunIdentity Run, ExitStatus? Exit) : RestartCause(Run)
{
    /// <summary>Why it could not even be started; null when it was.</summary>
    public string? Reason { get; init; }
}
