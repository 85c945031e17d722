using OvermindGui.Core.Failures;
using OvermindGui.Core.Processes;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Failures;

/// <summary>Something happened to a run that may call for another one.</summary>
internal abstract record RecoveryCause(RunIdentity Run);

/// <summary>A line matched.</summary>
/// <param name="Text">The whole line.</param>
/// <param name="Time">When, Unix milliseconds.</param>
internal sealed record DetectedFailure(RunIdentity Run, FailureDeclaration Declaration, FailureAction Action, string Text, long Time)
    : RecoveryCause(Run);

/// <summary>A process ended by itself whose rule is to be started again.</summary>
internal sealed record EndedByItself(RunIdentity Run, ExitStatus? Exit) : RecoveryCause(Run);
