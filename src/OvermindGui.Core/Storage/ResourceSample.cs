namespace OvermindGui.Core.Storage;

/// <summary>What a run of a process used during a span of time: a measurement, or the average of several that were rolled up.</summary>
public sealed class ResourceSample
{
    /// <summary>Longer spans are averages of several measurements, seconds.</summary>
    public const int LongestMeasurement = 30;

    public long Id { get; init; }

    public required int ProcessId { get; init; }

    public required long RunId { get; init; }

    /// <summary>End of the span, Unix seconds.</summary>
    public required double Time { get; init; }

    /// <summary>Length of the span in seconds: 5 to 30 for a measurement, 60 and 900 for roll-ups.</summary>
    public required int Span { get; init; }

    /// <summary>Percent of one core.</summary>
    public required double Cpu { get; init; }

    /// <summary>The highest of the measurements.</summary>
    public required double CpuPeak { get; init; }

    /// <summary>Bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>The highest of the measurements.</summary>
    public required long MemoryPeak { get; init; }

    public required int Threads { get; init; }

    public required int OpenFiles { get; init; }

    /// <summary>Bytes per second.</summary>
    public required double DiskRead { get; init; }

    /// <summary>Bytes per second.</summary>
    public required double DiskWritten { get; init; }

    /// <summary>Number of processes besides the leader.</summary>
    public required int Children { get; init; }
}
