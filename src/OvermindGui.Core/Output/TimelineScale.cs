using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>How a range of time is divided into bars, and from which counts they are read.</summary>
/// <param name="First">Start of the first bar in Unix seconds, a multiple of the step: so bars do not change while time goes on.</param>
/// <param name="Step">Width of a bar in seconds.</param>
/// <param name="Count">Number of bars.</param>
/// <param name="Width">The widest counts that add up to bars.</param>
public readonly record struct TimelineScale(long First, int Step, int Count, CountWidth Width)
{
    // Widths of a bar that people can read off a clock.
    private static readonly int[] Steps =
    [
        1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
        .. new[] { 1, 2, 4, 7, 14, 28, 91, 182, 364, 728, 3_640, 36_400 }.Select(days => days * 86_400),
    ];

    /// <summary>Divides a range; all times are Unix seconds.</summary>
    /// <param name="bars">The most bars.</param>
    /// <param name="widths">The counts that there are, from narrow to wide.</param>
    public static TimelineScale Of(long from, long until, long now, int bars, IReadOnlyList<CountWidth> widths)
    {
        var finest = widths.First(w => w.Covers(from, now));
        var wanted = Math.Max(finest.Seconds, (until - from) / Math.Max(1, bars - 1));
        var step = Steps.FirstOrDefault(s => s >= wanted && s % finest.Seconds == 0, Steps[^1]);
        var first = from - ((from % step) + step) % step;
        return new TimelineScale(first, step, (int)((until - first) / step) + 1, widths.Last(w => step % w.Seconds == 0));
    }
}
