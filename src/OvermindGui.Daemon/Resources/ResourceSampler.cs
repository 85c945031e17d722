using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Timing;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Resources;

/// <summary>
/// Measures what the processes use, in one pass for all of them: every 5 s while a page, an agent or a rule needs it, every 30 s otherwise,
/// and never more often.
/// </summary>
internal sealed class ResourceSampler(
    ISupervisor supervisor, ProjectFolder folder, WriteQueue queue, IEnumerable<IMeasurementListener> listeners, TimeProvider time)
{
    private const int Often = 5, Seldom = 30;

    private readonly ProcessTreeReader _reader = new(time);
    private readonly SampleWriter _samples = new(queue);
    private readonly IReadOnlyList<IMeasurementListener> _listeners = [.. listeners];
    private readonly Lock _gate = new();
    private Dictionary<RunIdentity, (ResourceUsage Usage, long At)> _last = [];
    private TaskCompletionSource _requested = New();
    private TaskCompletionSource _measured = New();
    private long? _lastPass;
    private long? _lastRequest;

    /// <summary>Someone looks: measure often for a while. Completes when a measurement of the last 5 s is in the queue, or is the one that is stored.</summary>
    public Task RequestAsync()
    {
        lock (_gate)
        {
            _lastRequest = time.GetTimestamp();
            var isFresh = _lastPass is { } last && time.GetElapsedTime(last) < TimeSpan.FromSeconds(Often);
            _requested.TrySetResult();
            return isFresh ? Task.CompletedTask : _measured.Task;
        }
    }

    /// <summary>Measures until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            await WaitAsync(started, cancellationToken);
            Measure();
        }
    }

    private async Task WaitAsync(long started, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task requested;
            TimeSpan left;
            lock (_gate)
            {
                _requested = New();
                requested = _requested.Task;
                left = _lastPass is { } last ? TimeSpan.FromSeconds(IsNeededOften ? Often : Seldom) - time.GetElapsedTime(last)
                    : _lastRequest is not null ? TimeSpan.Zero
                    : TimeSpan.FromSeconds(Often) - time.GetElapsedTime(started); // not while everything starts
            }

            if (left <= Heartbeat.Interval / 2) return;
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var wait = Heartbeat.AfterAsync(left, time, enough.Token);
            await Task.WhenAny(requested, wait);
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private bool IsNeededOften =>
        (_lastRequest is { } at && time.GetElapsedTime(at) < ResourceRequest.Validity) || _listeners.Any(l => l.NeedsMeasurements);

    private void Measure()
    {
        var running = supervisor.Running;
        var usage = _reader.Read([.. running.Select(r => new RunLeader(r.Pid, ProcessTag.Of(folder, r.Run.RunId)))]);
        var (now, at) = (time.GetTimestamp(), time.Seconds());
        var span = _lastPass is not { } lastPass || time.GetElapsedTime(lastPass, now).TotalSeconds < Often * 2 ? Often : Seldom;
        List<ProcessMeasurement> measurements = [];
        Dictionary<RunIdentity, (ResourceUsage, long)> last = [];
        foreach (var process in running)
        {
            if (!usage.TryGetValue(process.Pid, out var used)) continue;
            last[process.Run] = (used, now);
            var measurement = Since(process, used, now, span);
            measurements.Add(measurement);
        }

        _last = last;
        _samples.Take(measurements, at, span);
        foreach (var listener in _listeners) listener.Take(measurements);
        lock (_gate)
        {
            _lastPass = now;
            _measured.TrySetResult();
            _measured = New();
        }
    }

    private ProcessMeasurement Since(RunningProcess process, ResourceUsage used, long now, int span)
    {
        // A run that was not measured before has used all of it since its start.
        var (before, since) = _last.TryGetValue(process.Run, out var last)
            ? (last.Usage, time.GetElapsedTime(last.At, now))
            : (null, time.GetElapsedTime(process.StartedTimestamp, now));
        var seconds = Math.Max(1, since.TotalSeconds);
        // A part of the tree that was handed to init takes its share of the sums away.
        return new ProcessMeasurement(
            process, span, Rate((used.Cpu - (before?.Cpu ?? TimeSpan.Zero)).TotalSeconds * 100), used.Memory, used.Threads, used.OpenFiles,
            Rate(used.DiskRead - (before?.DiskRead ?? 0)), Rate(used.DiskWritten - (before?.DiskWritten ?? 0)), used.Children);

        double Rate(double difference) => Math.Max(0, difference) / seconds;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
