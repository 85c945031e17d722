using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Output;

internal sealed partial class LogBuffer
{
    private readonly HashSet<LogBlock> _amended = [];

    /// <summary>
    /// Takes in what lines are now; those that are not here are ignored. The page shows them after <see cref="ShowAmended"/>: in one
    /// that stands still nothing moves.
    /// </summary>
    public void Amend(IReadOnlyList<RenderedLine> lines)
    {
        foreach (var line in lines)
            if (Find(line.Id) is { } block && block.Amend(line)) _amended.Add(block);
    }

    /// <summary>Whether there was anything to show.</summary>
    public bool ShowAmended()
    {
        foreach (var block in _amended) block.Show();
        var any = _amended.Count > 0;
        _amended.Clear();
        return any;
    }

    // Entries lie in order and do not overlap.
    private LogBlock? Find(long id)
    {
        var (low, high) = (0, _entries.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = _entries[middle];
            if (entry.LastId < id) low = middle + 1;
            else if (entry.FirstId > id) high = middle - 1;
            else return entry as LogBlock;
        }

        return null;
    }
}
