using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>The current or last run of a process.</summary>
internal sealed class ActiveRun(RunIdentity identity, IChild child, RunFailureDetector failures, RunHealth health, double startedAt, long startedTimestamp)
{
    private readonly Lock _gate = new();
    private Task? _ending;

    public RunIdentity Identity { get; } = identity;

    public IChild Child { get; } = child;

    /// <summary>Unix seconds.</summary>
    public double StartedAt { get; } = startedAt;

    /// <summary>The same moment on the monotonic clock.</summary>
    public long StartedTimestamp { get; } = startedTimestamp;

    /// <summary>Detects failures in its output.</summary>
    public RunFailureDetector Failures { get; } = failures;

    /// <summary>Checks whether it is ready and healthy.</summary>
    public RunHealth Health { get; } = health;

    public bool HasExited => Child.Exited.IsCompleted;

    /// <summary>Set before the first signal, so that the exit counts as requested.</summary>
    public bool StopRequested { get; private set; }

    /// <summary>Who asked for the end; null when it ends with the daemon, or makes room for its next run.</summary>
    public Initiator? StopRequestedBy { get; private set; }

    /// <summary>It is being stopped because of a failure: the code that stops it reports the resulting state.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Marks the run as about to be stopped on request.</summary>
    /// <param name="by">Who asked for it, as far as the log is to say it.</param>
    public void RequestStop(Initiator? by = null)
    {
        StopRequested = true;
        StopRequestedBy ??= by;
        Failures.End();
    }

    /// <summary>
    /// Stops the group once, even if called again: many programs take a second SIGTERM for "at once". Completes when the group is gone.
    /// </summary>
    public Task EndGroupOnceAsync(Func<IChild, Task> end)
    {
        lock (_gate) return _ending ??= end(Child);
    }

    /// <summary>Completes when everything about the run has ended.</summary>
    public Task Monitor { get; set; } = Task.CompletedTask;
}
