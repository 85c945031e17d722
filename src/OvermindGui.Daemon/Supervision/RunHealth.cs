using System.Globalization;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision.Readiness;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Checks whether a run is ready, and from then on whether it stays healthy, until the run is over.</summary>
/// <param name="beside">From a command to one that runs beside the run, in its folder and with its variables.</param>
internal sealed class RunHealth(
    RunIdentity identity, string name, Func<string, TaggedCommand> beside, Func<IEnumerable<int>> pids, long startedTimestamp, EventRecorder recorder,
    TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private ReadyProbe? _probe; // null without a check
    private LivenessProbe? _livenessProbe; // null without a check, and until the run is ready
    private Task _readiness = Task.CompletedTask;
    private Task _liveness = Task.CompletedTask;

    /// <summary>Cancelled when the process has exited.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Whether its ready check has passed.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Why it is not ready after the timeout of its check.</summary>
    public string? ReadyProblem { get; private set; }

    /// <summary>Why its liveness check does not pass; null when it does.</summary>
    public string? HealthProblem { get; private set; }

    /// <summary>What is wrong, if anything.</summary>
    public string? Problem => HealthProblem ?? ReadyProblem;

    /// <summary>Called after each change of what the checks say.</summary>
    public required Func<Task> Changed { get; init; }

    /// <summary>Called when a failed liveness check asks for another run.</summary>
    public required Action<RuleViolation> Violated { get; init; }

    /// <summary>Begins with the checks that the plan has.</summary>
    public void Begin(PlannedProcess plan)
    {
        if (plan.Ready is { } ready) _readiness = BecomeReadyAsync(ready);
        if (plan.Liveness is { } liveness) _liveness = StayHealthyAsync(liveness);
    }

    /// <summary>An adopted run is past its check.</summary>
    public void SkipReadiness() => IsReady = true;

    /// <summary>Shows the checks a line of the run's output; never blocks.</summary>
    public void Observe(string text)
    {
        _probe?.Show(text);
        _livenessProbe?.Show(text);
    }

    /// <summary>Ends the checks, because the process has exited.</summary>
    public Task EndAsync() => _over.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _readiness;
        await _liveness;
        _over.Dispose();
    }

    /// <summary>Checks until the run is ready or ends. A timeout is reported once; a slow process can still become ready.</summary>
    private async Task BecomeReadyAsync(ReadyCheck check)
    {
        try
        {
            while (await LookAsync(check) is { } result)
            {
                if (!result.IsReady && ReadyProblem is not null) continue;
                (IsReady, ReadyProblem) = (result.IsReady, result.Problem);
                var after = time.GetElapsedTime(startedTimestamp).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
                recorder.Notice(identity, result.IsReady ? $"Ready after {after} s" : $"It is {result.Problem}");
                await Changed();
                if (result.IsReady) return;
            }
        }
        catch (Exception e)
        {
            logger.LogError(e, "The ready check of {Process} failed", name);
            ReadyProblem = $"not known to be ready: its check failed ({e.Message})";
            recorder.Notice(identity, $"It is {ReadyProblem}", LineLevel.Error);
            await Changed();
        }
    }

    private async Task<ReadyResult?> LookAsync(ReadyCheck check)
    {
        try
        {
            _probe = ReadyProbe.For(check, beside, pids, time);
            return await _probe.RunAsync(Over);
        }
        catch (OperationCanceledException) when (Over.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Checks from the time when it is ready until it ends.</summary>
    private async Task StayHealthyAsync(LivenessCheck check)
    {
        try
        {
            await _readiness.WaitAsync(Over);
            _livenessProbe = new LivenessProbe(check, beside, pids, time);
            await _livenessProbe.RunAsync(startedTimestamp, problem => RecordAsync(check, problem), Over);
        }
        catch (OperationCanceledException) when (Over.IsCancellationRequested)
        {
            // it has ended
        }
        catch (Exception e)
        {
            logger.LogError(e, "The liveness check of {Process} failed", name);
            recorder.Notice(identity, $"Its liveness check failed ({e.Message}) and is made no more in this run", LineLevel.Error);
        }
    }

    private async Task RecordAsync(LivenessCheck check, string? problem)
    {
        HealthProblem = problem;
        if (problem is null) recorder.Notice(identity, "Healthy again");
        else recorder.Notice(identity, $"Unhealthy: {problem}", LineLevel.Error);
        await Changed();
        if (problem is not null && check.Restarts)
            Violated(new RuleViolation(identity, "liveness", new Initiator(InitiatorKind.Liveness, problem), $"unhealthy: {problem}"));
    }
}
