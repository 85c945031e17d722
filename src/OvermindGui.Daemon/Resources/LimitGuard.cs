using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Resources;

/// <summary>Has processes restarted that use more than their limits allow.</summary>
internal sealed class LimitGuard(ISupervisor supervisor, TimeProvider time) : IMeasurementListener
{
    private readonly Dictionary<RunIdentity, long> _aboveSince = []; // its CPU limit

    public bool NeedsMeasurements => supervisor.Running.Any(p => p.Limits is not null);

    public void Take(IReadOnlyList<ProcessMeasurement> measurements)
    {
        foreach (var ended in _aboveSince.Keys.Except(measurements.Select(m => m.Process.Run)).ToList()) _aboveSince.Remove(ended);
        foreach (var measurement in measurements)
            if (measurement.Process.Limits is { } limits && FindViolation(measurement, limits) is { } violation)
                supervisor.RestartFor(measurement.Process.Name, violation);
    }

    private RuleViolation? FindViolation(ProcessMeasurement measurement, ResourceLimits limits)
    {
        var run = measurement.Process.Run;
        if (limits.Memory is { } most && measurement.Memory > most)
            return Violation("max_memory", $"memory {ByteSize.Of(measurement.Memory)}, above its limit of {ByteSize.Of(most)}");
        if (limits.Cpu is not { } cpu || measurement.Cpu <= cpu.Percent)
        {
            _aboveSince.Remove(run);
            return null;
        }

        // The measurement covers the time since the one before.
        var since = _aboveSince.TryGetValue(run, out var known) ? known : time.GetTimestamp() - measurement.Span * time.TimestampFrequency;
        _aboveSince[run] = since;
        return time.GetElapsedTime(since) < cpu.For ? null : Violation("max_cpu", $"CPU {measurement.Cpu:0} %, above its limit of {cpu}");

        RuleViolation Violation(string limit, string reason) => new(run, limit, new Initiator(InitiatorKind.Limit, reason), reason);
    }
}
