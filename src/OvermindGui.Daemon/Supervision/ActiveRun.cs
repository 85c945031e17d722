using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision.Readiness;

namespace OvermindGui.Daemon.Supervision;

/// <summary>The current or last run of a process.</summary>
internal sealed class ActiveRun(RunIdentity identity, IChild child, RunFailureDetector failures, double startedAt, long startedTimestamp) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private Task? _ending;

    public RunIdentity Identity { get; } = identity;

    public IChild Child { get; } = child;

    /// <summary>Unix seconds.</summary>
    public double StartedAt { get; } = startedAt;

    /// <summary>The same moment on the monotonic clock.</summary>
    public long StartedTimestamp { get; } = startedTimestamp;

    /// <summary>Detects failures in its output.</summary>
    public RunFailureDetector Failures { get; } = failures;

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

    /// <summary>Cancelled when the process has exited.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>The readiness probe; null without a check.</summary>
    public ReadyProbe? Probe { get; set; }

    public bool IsReady { get; set; }

    /// <summary>Why it is not ready after the timeout of its check.</summary>
    public string? ReadyProblem { get; set; }

    /// <summary>Completes when it is ready or over.</summary>
    public Task Readiness { get; set; } = Task.CompletedTask;

    /// <summary>The liveness check; null without one, and until the run is ready.</summary>
    public LivenessProbe? LivenessProbe { get; set; }

    /// <summary>Why its liveness check does not pass; null when it does.</summary>
    public string? HealthProblem { get; set; }

    /// <summary>Completes when it is not checked any more.</summary>
    public Task Liveness { get; set; } = Task.CompletedTask;

    /// <summary>Shows its checks a line of its output; never blocks.</summary>
    public void Observe(string text)
    {
        Probe?.Show(text);
        LivenessProbe?.Show(text);
    }

    /// <summary>Ends the ready check because the process has exited.</summary>
    public Task EndReadinessAsync() => _over.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await Readiness;
        await Liveness;
        _over.Dispose();
    }

    /// <summary>Completes when everything about the run has ended.</summary>
    public Task Monitor { get; set; } = Task.CompletedTask;
}
