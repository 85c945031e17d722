using OvermindGui.Core.Output;

namespace OvermindGui.Web.Live;

/// <summary>
/// Batches changes of lines and publishes them ten times per second. Otherwise, programs that redraw their lines at different times
/// would make every reader render on every tick. The first change after a pause is published at once.
/// </summary>
internal sealed class AmendmentPace(TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly SortedDictionary<long, OutputLine> _held = [];
    private long? _published;

    public bool HoldsAny => _held.Count > 0;

    /// <summary>Holds changes back; for a line that changes again, only the newest is kept.</summary>
    public void Hold(IEnumerable<OutputLine> amended)
    {
        foreach (var line in amended) _held[line.Id] = line;
    }

    /// <summary>All that is held, in id order, when it is time; nothing before.</summary>
    public OutputLine[] TakeDue()
    {
        if (_held.Count == 0 || (_published is { } at && time.GetElapsedTime(at) < Interval)) return [];
        OutputLine[] due = [.. _held.Values];
        _held.Clear();
        _published = time.GetTimestamp();
        return due;
    }

    public void Clear() => _held.Clear();
}
