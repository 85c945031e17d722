using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>Checks again and again whether a run still works. One per run.</summary>
internal sealed class LivenessProbe(LivenessCheck check, Func<string, TaggedCommand> commandFactory, Func<IEnumerable<int>> pids, TimeProvider time)
{
    private readonly IReadyAttempt? _attempt = ReadyProbe.AttemptFor(check.Probe, commandFactory, pids, time);
    private ReadyLine? _line = LineOf(check.Probe, time);

    /// <summary>Passes it a line of the run's plain output, from any thread; never blocks.</summary>
    public void Show(string text) => Volatile.Read(ref _line)?.Show(text);

    /// <summary>Checks until it is cancelled.</summary>
    /// <param name="startedAt">Timestamp of the start of the run.</param>
    /// <param name="changed">Called with the reason when the run becomes unhealthy, and with null when it works again.</param>
    public async Task RunAsync(long startedAt, Func<string?, Task> changed, CancellationToken cancellationToken)
    {
        var (failures, isUnhealthy) = (0, false);
        while (true)
        {
            if (_attempt is not null) await Task.Delay(check.Probe.Interval, time, cancellationToken);
            var reason = await LookAsync(cancellationToken);
            if (reason is null)
            {
                failures = 0;
                if (isUnhealthy) await changed(null);
                isUnhealthy = false;
            }
            else if (time.GetElapsedTime(startedAt) >= check.StartPeriod && ++failures >= check.Failures && !isUnhealthy)
            {
                isUnhealthy = true;
                await changed(failures == 1 ? reason : string.Create(CultureInfo.InvariantCulture, $"{reason} ({failures} times in a row)"));
            }
        }
    }

    private Task<string?> LookAsync(CancellationToken cancellationToken) => _attempt is null
        ? WaitForLineAsync(cancellationToken)
        : TimeLimitedAsync(_attempt, cancellationToken);

    // A line of life: one that matches has to come within each interval.
    private async Task<string?> WaitForLineAsync(CancellationToken cancellationToken)
    {
        var line = LineOf(check.Probe, time)!;
        Volatile.Write(ref _line, line);
        await Task.Delay(check.Probe.Timeout, time, cancellationToken);
        return line.IsDecided ? await line.Decided : $"no line matched for {ShortDuration.Of(check.Probe.Timeout)}";
    }

    private async Task<string?> TimeLimitedAsync(IReadyAttempt attempt, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(check.Probe.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await attempt.LookAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {ShortDuration.Of(check.Probe.Timeout)}";
        }
    }

    private static ReadyLine? LineOf(ReadyCheck probe, TimeProvider time) => probe is LineReady line ? new ReadyLine(line.Pattern, time) : null;
}
