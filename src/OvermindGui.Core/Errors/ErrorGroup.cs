namespace OvermindGui.Core.Errors;

/// <summary>Errors of a process that have the same <see cref="ErrorFingerprint"/>.</summary>
/// <param name="LineId">The newest line that names it.</param>
/// <param name="Text">The text of that line.</param>
/// <param name="Count">Number of such lines among those that were asked for.</param>
/// <param name="First">The oldest stored line that names it.</param>
/// <param name="Last">The newest one that was asked for.</param>
/// <param name="IsNew">Whether no run before the newest one of its process had it.</param>
/// <param name="Chart">Counts in equal spans of time, oldest first.</param>
public sealed record ErrorGroup(
    string Process, long Fingerprint, long LineId, string Text, long Count, ErrorOccurrence First, ErrorOccurrence Last, bool IsNew, IReadOnlyList<long> Chart);

/// <summary>When an error occurred.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Run">Null when the run is unknown.</param>
public readonly record struct ErrorOccurrence(long Time, long? Run);

/// <summary>Which groups to read.</summary>
public sealed record ErrorFilter(Output.ProcessFilter Processes)
{
    /// <summary>Only lines since this time, Unix milliseconds.</summary>
    public long? Since { get; init; }

    /// <summary>Only lines above this id.</summary>
    public long After { get; init; }

    /// <summary>Only lines of this run.</summary>
    public long? Run { get; init; }

    /// <summary>Only errors that no earlier run of the process had.</summary>
    public bool OnlyNew { get; init; }

    /// <summary>Maximum number of groups.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>Groups, the most recent first.</summary>
/// <param name="Total">Number of groups without the limit.</param>
/// <param name="ChartFrom">Start of the charts, Unix milliseconds.</param>
/// <param name="ChartTo">End of the charts.</param>
public sealed record ErrorPage(IReadOnlyList<ErrorGroup> Groups, int Total, long ChartFrom, long ChartTo);
