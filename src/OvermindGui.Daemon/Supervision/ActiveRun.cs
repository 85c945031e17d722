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

    /// <summary>The same moment on the clock that measures.</summary>
    public long StartedTimestamp { get; } = startedTimestamp;

    /// <summary>Looks for failures in what it prints.</summary>
    public RunFailureDetector Failures { get; } = failures;

    public bool HasExited => Child.Exited.IsCompleted;

    /// <summary>Set before the first signal, so that the end is known to be on purpose.</summary>
    public bool StopRequested { get; private set; }

    /// <summary>It is ended because of a failure: whoever ends it tells what state that leads to.</summary>
    public bool IsBroken { get; set; }

    /// <summary>It is about to be ended on purpose.</summary>
    public void RequestStop()
    {
        StopRequested = true;
        Failures.End();
    }

    /// <summary>
    /// Ends the group once, whoever asks first: many programs take a second SIGTERM for "at once". Completes when it is gone.
    /// </summary>
    public Task EndGroupOnceAsync(Func<IChild, Task> end)
    {
        lock (_gate) return _ending ??= end(Child);
    }

    /// <summary>Cancelled when the process has ended.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Tells when it is ready; null without a check.</summary>
    public ReadyProbe? Probe { get; set; }

    public bool IsReady { get; set; }

    /// <summary>Why it is not ready although it should be by now.</summary>
    public string? ReadyProblem { get; set; }

    /// <summary>Completes when it is ready or over.</summary>
    public Task Readiness { get; set; } = Task.CompletedTask;

    /// <summary>The process has ended: nobody waits any longer for it to become ready.</summary>
    public Task EndReadinessAsync() => _over.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await Readiness;
        _over.Dispose();
    }

    /// <summary>Completes when the run is over in every respect.</summary>
    public Task Monitor { get; set; } = Task.CompletedTask;
}
