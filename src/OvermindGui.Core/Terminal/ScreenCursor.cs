namespace OvermindGui.Core.Terminal;

/// <summary>
/// Where the next character of a screen goes, and the cells of that row while they are edited. What changes there is kept for the log when the
/// cursor leaves the row. Rows and columns count from 0.
/// </summary>
internal sealed class ScreenCursor(ScreenRows rows, ScreenLog? log, ScreenBacklog? backlog, ScrollRegion region, int width)
{
    public TabStops Tabs { get; } = new();

    /// <summary>Of the screen, in columns.</summary>
    public int Width { get; private set; } = width;

    public int Row { get; private set; }

    /// <summary>
    /// One too far while the row is full and the next character will wrap, and further in a row that passes through the screen unwrapped.
    /// </summary>
    public int Column { get; set; }

    /// <summary>Where the row is full: at its end or, in a very long line, sooner.</summary>
    public int Limit { get; set; } = width;

    /// <summary>Of the cursor's row, once they are needed.</summary>
    public LineCells? Cells { get; set; }

    /// <summary>The row differs from its reported text.</summary>
    public bool IsTouched { get; set; }

    /// <summary>A carriage return moved to the start of a row that continues the one above.</summary>
    public bool HasReturned { get; set; }

    /// <summary>The place that the cursor has on the screen.</summary>
    public (int Row, int Column) Position => (Row, Math.Min(Column > Width ? (Column - 1) % Width + 1 : Column, Width - 1));

    /// <summary>The cursor's row.</summary>
    public ScreenRow Current => rows[Row];

    /// <summary>Ends the state in which the next character wraps.</summary>
    public void Restrict() => Column = Position.Column;

    public void MoveToColumn(int column) => Column = Math.Clamp(column, 0, Width - 1);

    public void Tab(int count)
    {
        if (Column >= Width) return;
        for (; count > 0 && Column < Width - 1; count--) Column = Math.Min(Tabs.After(Column), Width - 1);
    }

    public void BackTab(int count)
    {
        if (Column >= Width) return;
        for (; count > 0 && Column > 0; count--) Column = Tabs.Before(Column);
    }

    public void MoveTo(int row, int column)
    {
        MoveToColumn(column);
        row = Math.Clamp(row, 0, rows.Count - 1);
        if (row == Row) return;
        LeaveRow();
        Row = row;
        if (log is not null && row < log.PageTop) log.PageTop = row;
    }

    /// <summary>Moves to the row below, whose line may be written already.</summary>
    public void MoveDown() => Row++;

    /// <summary>The screen has another width now, and as many rows less above the cursor.</summary>
    public void Resize(int columns, int rowsAbove)
    {
        (Width, Limit) = (columns, columns);
        (Row, Column) = (Row - rowsAbove, Math.Min(Column, columns - 1));
    }

    public LineCells OpenRow()
    {
        var row = Current;
        if (log is not null && row.Line is null) log.Begin(Row);
        return Cells = row.Open(rows.Spare, Math.Max(Width, row.Width)); // it may be wider than a window that was made smaller
    }

    /// <summary>Changes the cells of the row. Leaves blank rows and rows without a line unchanged.</summary>
    public void Edit(Action<LineCells> edit)
    {
        if (Current.Width == 0) return;
        edit(Cells ?? OpenRow());
        IsTouched = true;
    }

    public void LeaveRow()
    {
        KeepChange();
        Settle();
        CloseRow();
    }

    /// <summary>Nothing of the row is kept.</summary>
    public void CloseRow() => (HasReturned, Cells, Limit) = (false, null, Width);

    /// <summary>Marks the row's line for the log if the row has changed.</summary>
    public void KeepChange()
    {
        if (!IsTouched) return;
        IsTouched = false;
        if (Current.Line is not { } line) return;
        log!.Mark(line);
        if (!line.IsReported && !region.Contains(Row)) log.Report(line, Row); // a footer precedes the rows that scroll above it
    }

    /// <summary>Call this before anything looks at other rows than the cursor's.</summary>
    public void Settle()
    {
        if (backlog is { IsEmpty: false }) backlog.LayOut(Row, Width);
    }
}
