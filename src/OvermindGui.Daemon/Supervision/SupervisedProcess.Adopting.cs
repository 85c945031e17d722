using Microsoft.Extensions.Logging;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Supervision;

internal sealed partial class SupervisedProcess
{
    /// <summary>Takes over a run that outlived the daemon that started it. To be called before anything else.</summary>
    public Task AdoptAsync(RunLeft orphan) => InTurnAsync(async () =>
    {
        var identity = new RunIdentity(_spec.Id, orphan.RunId);
        var failures = new RunFailureDetector(identity, Declarations, time, _recovery.Take);
        _run = new ActiveRun(identity, new AdoptedChild(orphan.Leader!, time), failures, orphan.StartedAt, time.GetTimestamp()) { IsReady = true };
        logger.LogInformation("{Process} adopted with PID {Pid}", Name, _run.Child.Pid);
        TellRunning(_run);
        recorder.Notice(
            identity,
            $"Adopted with PID {_run.Child.Pid}: the daemon that had started it was killed. What it has printed since is unknown, and will be until it is restarted");
        _run.Monitor = MonitorAsync(_run);
        changes.Tell();
        return true;
    });
}
