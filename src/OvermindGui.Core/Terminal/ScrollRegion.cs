namespace OvermindGui.Core.Terminal;

/// <summary>
/// The rows of a screen that scroll (DECSTBM), and how they do. What scrolls away stays in the log; what is deleted does not. The cursor has to
/// leave its row before rows move.
/// </summary>
internal sealed class ScrollRegion(ScreenRows rows, ScreenLog? log)
{
    public int Top { get; private set; }

    /// <summary>The last row of it.</summary>
    public int Bottom { get; private set; } = rows.Count - 1;

    public bool Contains(int row) => row >= Top && row <= Bottom;

    public void Set(int top, int bottom)
    {
        SplitAt(top);
        SplitAt(bottom + 1);
        (Top, Bottom) = (top, bottom);
        log?.SetRegion(top, bottom);
    }

    /// <summary>The region is the whole screen.</summary>
    public void Reset() => Set(0, rows.Count - 1);

    /// <summary>Scrolls up. Rows that leave the region stay in the log.</summary>
    public void ScrollUp(int count)
    {
        count = Math.Min(count, Bottom - Top + 1);
        for (var row = Top; row < Top + count; row++)
        {
            log?.Leave(row);
            rows.Clear(row);
        }

        rows.RotateUp(Top, Bottom, count);
    }

    /// <summary>Inserts empty rows; those that the rows below push out of the region disappear from the screen.</summary>
    public void Insert(int first, int count)
    {
        SplitAt(first);
        var height = Bottom - first + 1;
        count = Math.Min(count, height);
        for (var row = Bottom - count + 1; row <= Bottom; row++) Empty(row);
        rows.RotateUp(first, Bottom, height - count);
        log?.Insert(first, first + count - 1);
    }

    /// <summary>Deletes rows; those below move up.</summary>
    public void Delete(int first, int count)
    {
        SplitAt(first);
        count = Math.Min(count, Bottom - first + 1);
        for (var row = first; row < first + count; row++) Empty(row);
        rows.RotateUp(first, Bottom, count);
        log?.Renumber(first);
    }

    // A line cannot span rows that move and rows that stay.
    private void SplitAt(int row)
    {
        if (row > 0 && rows.GoesOn(row - 1)) log!.Split(row);
    }

    private void Empty(int row)
    {
        if (rows[row].Line is not null) log!.Drop(row);
        rows.Clear(row);
    }
}
