namespace OvermindGui.Core.Terminal;

/// <summary>
/// A terminal's screen: rows of cells, a cursor and a scroll region, as xterm has them. Rows and columns count from 0. With a log it
/// reports what it shows; without one it is the alternate screen.
/// </summary>
internal sealed class Screen
{
    private readonly ScreenRows _rows;
    private readonly ScreenLog? _log;
    private readonly ScreenBacklog? _backlog;
    private readonly ScrollRegion _region;
    private readonly ScreenCursor _cursor;
    private readonly ScreenWriter _writer;

    public Screen(TerminalSize size, LineReceiver? receiver)
    {
        _rows = new ScreenRows(size.Rows);
        _log = receiver is null ? null : new ScreenLog(_rows, receiver);
        _backlog = _log is null ? null : new ScreenBacklog(_rows, _log);
        _region = new ScrollRegion(_rows, _log);
        _cursor = new ScreenCursor(_rows, _log, _backlog, _region, size.Columns);
        _writer = new ScreenWriter(_rows, _log, _backlog, _region, _cursor);
    }

    /// <summary>False: text that does not fit overwrites the last column (DECAWM).</summary>
    public bool Wraps { get => _writer.Wraps; set => _writer.Wraps = value; }

    /// <summary>True: new text moves the rest of the row to the right (IRM).</summary>
    public bool Inserts { get => _writer.Inserts; set => _writer.Inserts = value; }

    /// <summary>True: rows are relative to the top of the scroll region (DECOM).</summary>
    public bool IsRelative { get; set; }

    /// <summary>First and last row of the scroll region.</summary>
    public (int Top, int Bottom) Region => (_region.Top, _region.Bottom);

    /// <summary>The cursor's position.</summary>
    public (int Row, int Column) Position => _cursor.Position;

    public TerminalSize Size => new(_cursor.Width, _rows.Count);

    public ScreenLog? Log => _log;

    /// <summary>Number of the newest line of the log, which is unfinished; all lines before it are finished.</summary>
    public long NewestLine => _log?.NewestLine ?? 0;

    public bool HasChanges => _cursor.IsTouched || _log is { HasChanges: true };

    /// <summary>The screen's rows from top to bottom, as text.</summary>
    public IEnumerable<StyledLine> Lines
    {
        get
        {
            WrapRow();
            _cursor.Settle();
            return Enumerable.Range(0, _rows.Count).Select(row => _rows[row].Text.ToLine());
        }
    }

    /// <summary>Numbers of lines on the screen that are below the given one.</summary>
    public IReadOnlyList<long> LiveLinesBelow(long number) => _backlog?.LiveLinesBelow(number, _cursor.Width) ?? [];

    /// <inheritdoc cref="ScreenWriter.Write"/>
    public void Write(ReadOnlySpan<char> text, in TextStyle style, bool endsLine = false) => _writer.Write(text, style, endsLine);

    /// <inheritdoc cref="ScreenWriter.WrapRow"/>
    public void WrapRow() => _writer.WrapRow();

    /// <inheritdoc cref="ScreenWriter.LineFeed"/>
    public void LineFeed(bool carriageReturn) => _writer.LineFeed(carriageReturn);

    /// <inheritdoc cref="ScreenWriter.WriteTab"/>
    public void WriteTab() => _writer.WriteTab();

    public void CarriageReturn()
    {
        _cursor.HasReturned = _cursor.Column > 1 && _rows.Continues(_cursor.Row);
        _cursor.Column = 0;
    }

    public void Backspace() => _cursor.Column = Math.Max(0, Position.Column - 1);

    public void Tab(int count) => _cursor.Tab(count);

    public void BackTab(int count) => _cursor.BackTab(count);

    public void SetTab() => _cursor.Tabs.Set(_cursor.Column);

    public void ClearTab(bool all)
    {
        if (all) _cursor.Tabs.ClearAll();
        else _cursor.Tabs.Clear(_cursor.Column);
    }

    public void MoveToColumn(int column) => _cursor.MoveToColumn(column);

    /// <summary>Moves right or, for a negative number, left.</summary>
    public void Right(int count) => MoveToColumn(Position.Column + count);

    /// <summary>Moves up, at most to the top of the region or, if the cursor is above it, of the screen.</summary>
    public void Up(int count) => MoveTo(Math.Max(_cursor.Row - count, _cursor.Row >= _region.Top ? _region.Top : 0), Position.Column);

    /// <summary>Moves down, at most to the bottom of the region or, if the cursor is below it, of the screen.</summary>
    public void Down(int count) => MoveTo(Math.Min(_cursor.Row + count, _cursor.Row <= _region.Bottom ? _region.Bottom : _rows.Count - 1), Position.Column);

    /// <summary>Moves down, ignoring the region.</summary>
    public void DownOnScreen(int count) => MoveTo(Math.Min(_cursor.Row + count, _rows.Count - 1), Position.Column);

    /// <summary>Moves to a row of the screen or, in relative mode, of the region.</summary>
    public void MoveToRow(int row) =>
        MoveTo(IsRelative ? Math.Min(_region.Top + row, _region.Bottom) : Math.Min(row, _rows.Count - 1), Position.Column);

    /// <summary>Moves to a saved cursor position.</summary>
    public void MoveTo(int row, int column) => _cursor.MoveTo(row, column);

    /// <summary>Moves to the position of another screen's cursor.</summary>
    public void MoveTo(Screen other)
    {
        MoveTo(other._cursor.Row, other._cursor.Column);
        _cursor.Column = other._cursor.Column;
    }

    /// <summary>Moves one row up; at the top of the region, scrolls down instead (RI).</summary>
    public void ReverseIndex()
    {
        _cursor.Restrict();
        if (_cursor.Row == _region.Top) ScrollDown(1);
        else if (_cursor.Row > 0) MoveTo(_cursor.Row - 1, _cursor.Column);
    }

    /// <summary>Moves to the first cell of the screen or, in relative mode, of the region.</summary>
    public void MoveHome() => MoveTo(IsRelative ? _region.Top : 0, 0);

    /// <summary>Sets the scroll region (DECSTBM) and moves to its start.</summary>
    public void SetRegion(int top, int bottom)
    {
        bottom = Math.Min(bottom, _rows.Count - 1);
        if (top >= bottom) return;
        _cursor.LeaveRow();
        _region.Set(top, bottom);
        MoveHome();
    }

    /// <summary>Removes the scroll region; the cursor stays.</summary>
    public void ResetRegion() => _region.Reset();

    /// <summary>Resets the screen to its initial state.</summary>
    public void Reset()
    {
        ResetRegion();
        Clear();
        _cursor.Tabs.Reset();
    }

    /// <summary>Scrolls the region up. Rows that leave it stay in the log.</summary>
    public void ScrollUp(int count)
    {
        _cursor.LeaveRow();
        _region.ScrollUp(count);
    }

    /// <summary>Scrolls the region down. Rows that leave it disappear from the screen, but stay in the log.</summary>
    public void ScrollDown(int count)
    {
        _cursor.LeaveRow();
        _region.Insert(_region.Top, count);
    }

    /// <summary>Inserts empty rows at the cursor's row (IL).</summary>
    public void InsertLines(int count)
    {
        _cursor.Restrict();
        if (!_region.Contains(_cursor.Row)) return;
        _cursor.LeaveRow();
        _region.Insert(_cursor.Row, count);
        _cursor.Column = 0;
    }

    /// <summary>Deletes rows from the cursor's row on; the rows below move up (DL).</summary>
    public void DeleteLines(int count)
    {
        _cursor.Restrict();
        if (!_region.Contains(_cursor.Row)) return;
        _cursor.LeaveRow();
        _region.Delete(_cursor.Row, count);
        _cursor.Column = 0;
    }

    public void EraseToEnd()
    {
        if (Position.Column == 0 && _cursor.Column == 0) EraseRow();
        else if (_cursor.Column < _cursor.Width) _cursor.Edit(cells => cells.Truncate(_cursor.Column));
    }

    public void EraseToStart(TextStyle style) => _cursor.Edit(cells => cells.Erase(0, _cursor.Column + 1, style));

    public void EraseRow()
    {
        _cursor.Edit(cells => cells.Clear());
        _cursor.Current.WrappedAt = 0;
        if (_cursor.HasReturned) _writer.BeginAgain();
        if (_log is null || !_rows.Continues(_cursor.Row) || _rows.GoesOn(_cursor.Row)) return;
        _cursor.IsTouched = false;
        _cursor.Cells = null;
        _log.Drop(_cursor.Row);
    }

    public void EraseCharacters(int count, TextStyle style)
    {
        _cursor.Restrict();
        _cursor.Edit(cells => cells.Erase(_cursor.Column, _cursor.Column + count, style));
    }

    public void InsertCharacters(int count, TextStyle style)
    {
        _cursor.Restrict();
        _cursor.Edit(cells => cells.Insert(_cursor.Column, Math.Min(count, _cursor.Width), _cursor.Width, style));
    }

    public void DeleteCharacters(int count, TextStyle style)
    {
        _cursor.Restrict();
        _cursor.Edit(cells => cells.Delete(_cursor.Column, count, style));
    }

    /// <summary>Erases from the cursor to the end. The log lines become empty too, because programs redraw them.</summary>
    public void EraseBelow()
    {
        EraseToEnd();
        for (var row = _cursor.Row + 1; row < _rows.Count; row++)
        {
            var continues = _log is not null && _rows.Continues(row);
            if (_rows[row].Line is { } line && _rows[row].Width > 0) _log!.Mark(line);
            _rows.Clear(row);
            if (continues || _rows[row].Line is { IsReported: false }) _log!.Drop(row);
        }
    }

    /// <summary>Erases up to the cursor. The log keeps the rows above.</summary>
    public void EraseAbove(TextStyle style)
    {
        _cursor.Settle();
        for (var row = 0; row < _cursor.Row; row++)
        {
            _log?.Leave(row);
            _rows.Clear(row);
        }

        EraseToStart(style);
    }

    /// <summary>Erases the screen. The lines on it become final, and the log begins a new page.</summary>
    public void Clear()
    {
        _cursor.LeaveRow();
        _log?.BeginPage(_cursor.Row);
        for (var row = 0; row < _rows.Count; row++) _rows.Clear(row);
    }

    /// <summary>Reports all changes to the log.</summary>
    public void Report()
    {
        _cursor.KeepChange();
        _log?.Report();
    }

    /// <summary>Call this at the end of the output.</summary>
    public void Complete()
    {
        _cursor.KeepChange();
        _cursor.Settle();
        _log?.Complete();
    }

    /// <summary>Changes the window size. If it has fewer rows, rows at the top scroll off.</summary>
    public void Resize(TerminalSize size)
    {
        WrapRow();
        _cursor.LeaveRow();
        ResetRegion();
        var overflow = Math.Max(0, _cursor.Row - size.Rows + 1);
        if (overflow > 0) ScrollUp(overflow);
        for (var row = size.Rows; row < _rows.Count; row++) _log?.Leave(row);
        _rows.Resize(size.Rows);
        _region.Reset();
        _cursor.Resize(size.Columns, overflow);
    }
}
