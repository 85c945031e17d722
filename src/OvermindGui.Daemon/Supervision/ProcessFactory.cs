using Microsoft.Extensions.Logging;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision.Failures;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Makes supervised processes of planned ones.</summary>
internal sealed class ProcessFactory(
    Registration registration, WriteQueue queue, DaemonOptions options, FailureDeclarationStore declarations, ChildLauncher launcher, EventRecorder recorder,
    RunNumbers runs, StateSignal changes, TimeProvider time, ILogger<SupervisedProcess> logger)
{
    public SupervisedProcess Create(PlannedProcess plan) =>
        new(Spec(plan), launcher, recorder, runs, changes, time, logger) { Declarations = declarations.Of(plan.Name, plan.Entry) };

    public ProcessSpec Spec(PlannedProcess plan)
    {
        var piped = plan.Pty is { } pty ? !pty : options.Piped.Contains(plan.Name) || options.Piped.Contains(plan.Entry);
        var environment = ChildEnvironment.From(
            Environment.GetEnvironmentVariable, plan.Environment.ToDictionary(v => v.Key, v => v.Value.Value));
        // The id before its first line, because lines refer to it.
        return new ProcessSpec(registration.IdOf(plan.Name, queue), plan, piped ? null : options.Window, environment);
    }
}
