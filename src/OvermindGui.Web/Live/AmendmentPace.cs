using OvermindGui.Core.Output;

namespace OvermindGui.Web.Live;

/// <summary>
/// Holds changes of lines back and lets them go ten times a second: programs that redraw each at their own moments would else make
/// every reader render with every tick. The first change after a pause is not held.
/// </summary>
internal sealed class AmendmentPace(TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly SortedDictionary<long, OutputLine> _held = [];
    private long? _letGo;

    public bool HoldsAny => _held.Count > 0;

    /// <summary>Of a line that changes again meanwhile only the newest is kept.</summary>
    public void Hold(IEnumerable<OutputLine> amended)
    {
        foreach (var line in amended) _held[line.Id] = line;
    }

    /// <summary>All that is held, in id order, when it is time; nothing before.</summary>
    public OutputLine[] TakeDue()
    {
        if (_held.Count == 0 || (_letGo is { } at && time.GetElapsedTime(at) < Interval)) return [];
        OutputLine[] due = [.. _held.Values];
        _held.Clear();
        _letGo = time.GetTimestamp();
        return due;
    }

    public void Clear() => _held.Clear();
}
