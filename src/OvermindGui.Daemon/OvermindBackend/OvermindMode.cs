using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Daemon.Supervision.Failures;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>Puts the supervisor over an external overmind together.</summary>
internal static class OvermindMode
{
    public static OvermindSupervisor Create(
        OvermindTools tools, DaemonOptions options, Registration registration, ProjectPlan plan, FailureDeclarationStore declarations,
        EventRecorder recorder, RunNumbers runs, WriteQueue queue, TimeProvider time, ILoggerFactory loggers)
    {
        var client = new OvermindClient(tools, options.Folder);
        var (gate, changes) = (new AsyncLock(), new StateSignal(time));
        var stopPolicy = StopPolicy.OfAll(plan.Processes);
        var logger = loggers.CreateLogger<OvermindProcess>();
        var processes = new OvermindProcesses(
            [.. plan.Processes.Select(entry => new OvermindProcess(
                registration.ProcessIds[entry.Name], entry.Name, options.Window, declarations.Of(entry.Name, entry.Name), client, gate, changes,
                recorder, runs, queue, stopPolicy, time, logger))],
            gate, recorder);
        return new OvermindSupervisor(
            tools, options.Folder, plan.Procfile, options.Window, client, processes, gate, changes, recorder, stopPolicy, time,
            loggers.CreateLogger<OvermindSupervisor>());
    }
}
