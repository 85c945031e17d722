using OvermindGui.Core.Failures;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Failures;

/// <summary>A line matched.</summary>
/// <param name="Text">The whole line.</param>
/// <param name="Time">When, Unix milliseconds.</param>
internal sealed record DetectedFailure(RunIdentity Run, FailureDeclaration Declaration, FailureAction Action, string Text, long Time);
