namespace OvermindGui.Core.Storage;

/// <summary>
/// How many lines of each level a process printed in a span of time. The writer keeps these counts, so that a timeline never reads lines.
/// Cleared lines count until they are deleted.
/// </summary>
public sealed class LineCount
{
    /// <summary>Width of the span in seconds; one of <see cref="CountWidth.All"/>.</summary>
    public required int Width { get; init; }

    /// <summary>Start of the span in Unix seconds, a multiple of the width.</summary>
    public required long Start { get; init; }

    public required int ProcessId { get; init; }

    public required long None { get; init; }

    public required long Debug { get; init; }

    public required long Info { get; init; }

    public required long Warn { get; init; }

    public required long Error { get; init; }
}

/// <summary>Which stored lines the table <see cref="LineCount"/> covers: those above one id, up to another. It has one row.</summary>
public sealed class CountedLines
{
    public int Id { get; init; }

    /// <summary>Lines up to this id are not counted yet; 0 when all are.</summary>
    public required long FromId { get; init; }

    /// <summary>The newest counted line.</summary>
    public required long ToId { get; init; }
}

/// <summary>A width in which lines are counted, and how long these counts are kept.</summary>
/// <param name="Seconds">Each width is a multiple of the one before.</param>
/// <param name="Kept">Narrow spans are kept for a short time only: they would need more room than the lines of a quiet process.</param>
public sealed record CountWidth(int Seconds, TimeSpan Kept)
{
    /// <summary>From narrow to wide.</summary>
    public static IReadOnlyList<CountWidth> All { get; } =
    [
        new(1, TimeSpan.FromHours(1)), new(10, TimeSpan.FromHours(12)), new(60, TimeSpan.FromDays(7)),
        new(600, TimeSpan.FromDays(60)), new(3_600, TimeSpan.MaxValue), new(86_400, TimeSpan.MaxValue),
    ];

    /// <summary>Whether counts of this width are still kept for a time.</summary>
    /// <param name="now">Unix seconds, like the time.</param>
    public bool Covers(long time, long now) => Kept == TimeSpan.MaxValue || time > now - (long)Kept.TotalSeconds;

    /// <summary>Start of the span that a time is in, both in Unix seconds.</summary>
    public long StartOf(long time) => time - ((time % Seconds) + Seconds) % Seconds;
}
