using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Resources;

/// <summary>What a running process used since the measurement before.</summary>
/// <param name="Span">Class of the interval in seconds: 5 or 30.</param>
/// <param name="Cpu">Percent of one core.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="DiskRead">Bytes per second.</param>
/// <param name="DiskWritten">Bytes per second.</param>
internal sealed record ProcessMeasurement(
    RunningProcess Process, int Span, double Cpu, long Memory, int Threads, int OpenFiles, double DiskRead, double DiskWritten, int Children);

/// <summary>Acts on measurements.</summary>
internal interface IMeasurementListener
{
    /// <summary>True while it needs a measurement every 5 s.</summary>
    bool NeedsMeasurements { get; }

    /// <summary>Takes the measurements of one pass. Must not wait.</summary>
    void Take(IReadOnlyList<ProcessMeasurement> measurements);
}
