namespace OvermindGui.Core.Terminal;

/// <summary>
/// A terminal's screen: rows of cells, a cursor and a scroll region, as xterm has them. Rows and columns count from 0. With a log it
/// reports what it shows; without one it is the alternate screen.
/// </summary>
internal sealed class Screen
{
    // A longer line is wrapped at once.
    private const int LongestUnwrapped = LineAssembler.MaxLineLength / 4;

    private readonly ScreenRows _rows;
    private readonly ScreenLog? _log;
    private readonly ScreenBacklog? _backlog;
    private readonly TabStops _tabs = new();
    private readonly Stack<LineCells> _spare = new();
    private int _width;
    private int _top; // of the scroll region
    private int _bottom;
    private int _row;
    private int _column; // one too far while the row is full and the next character will wrap
    private int _limit; // where the cursor's row is full: at its end or, in a very long line, sooner
    private LineCells? _cells; // of the cursor's row, once they are needed
    private bool _touched; // the cursor's row differs from its reported text
    private bool _passed; // the line of the cursor's row is in the backlog, and its newline is next
    private bool _returned; // a carriage return moved to the start of a row that continues the one above

    public Screen(TerminalSize size, LineReceiver? receiver)
    {
        _rows = new ScreenRows(size.Rows);
        _log = receiver is null ? null : new ScreenLog(_rows, receiver);
        _backlog = _log is null ? null : new ScreenBacklog(_rows, _log, _spare);
        (_width, _limit, _bottom) = (size.Columns, size.Columns, size.Rows - 1);
    }

    /// <summary>False: text that does not fit overwrites the last column (DECAWM).</summary>
    public bool Wraps { get; set; } = true;

    /// <summary>True: new text moves the rest of the row to the right (IRM).</summary>
    public bool Inserts { get; set; }

    /// <summary>True: rows are relative to the top of the scroll region (DECOM).</summary>
    public bool IsRelative { get; set; }

    /// <summary>First and last row of the scroll region.</summary>
    public (int Top, int Bottom) Region => (_top, _bottom);

    /// <summary>The cursor's position.</summary>
    public (int Row, int Column) Position => (_row, Math.Min(_column > _width ? (_column - 1) % _width + 1 : _column, _width - 1));

    public TerminalSize Size => new(_width, _rows.Count);

    public ScreenLog? Log => _log;

    /// <summary>Number of the newest line of the log, which is unfinished; all lines before it are finished.</summary>
    public long NewestLine => _log?.NewestLine ?? 0;

    public bool HasChanges => _touched || _log is { HasChanges: true };

    /// <summary>The screen's rows from top to bottom, as text.</summary>
    public IEnumerable<StyledLine> Lines
    {
        get
        {
            WrapRow();
            Settle();
            return Enumerable.Range(0, _rows.Count).Select(row => _rows[row].Text.ToLine());
        }
    }

    /// <summary>Numbers of lines on the screen that are below the given one.</summary>
    public IReadOnlyList<long> LiveLinesBelow(long number) => _backlog?.LiveLinesBelow(number, _width) ?? [];

    /// <summary>Writes text from the cursor's position on.</summary>
    /// <param name="endsLine">True: a newline is the next that happens.</param>
    public void Write(ReadOnlySpan<char> text, in TextStyle style, bool endsLine = false)
    {
        if (WriteUnwrapped(text, style, endsLine)) return;
        WrapRow();
        WriteWrapped(text, style);
    }

    /// <summary>Wraps a row that was written longer than the screen is wide. Call this before anything but output or a new line.</summary>
    public void WrapRow()
    {
        if (_column > _width) WrapUnwrapped();
    }

    private void WrapUnwrapped()
    {
        var line = _rows[_row].Text.ToLine();
        _cells!.Clear();
        _column = 0;
        if (line.Runs.Length == 0) WriteWrapped(line.Text, TextStyle.Default);
        foreach (var run in line.Runs) WriteWrapped(line.Text.AsSpan(run.Start, run.Length), run.Style);
    }

    private void WriteWrapped(ReadOnlySpan<char> text, in TextStyle style)
    {
        var writer = new CellWriter(text) { Inserts = Inserts };
        while (true)
        {
            var cells = _cells ?? OpenRow();
            _touched = true;
            _column = writer.Write(cells, _column, _limit, style);
            if (writer.IsDone) return;
            if (_limit < _width)
            {
                LineFeed(carriageReturn: true);
                continue;
            }

            if (Wraps)
            {
                Wrap();
                continue;
            }

            writer.OverwriteLast(cells, _width, style);
            _column = _width;
            if (writer.IsDone) return;
        }
    }

    /// <summary>Moves to the next row; on the last row, scrolls the region.</summary>
    public void LineFeed(bool carriageReturn)
    {
        if (carriageReturn && Pass()) return;
        WrapRow();
        Settle();
        EndRow();
        Restrict();
        if (carriageReturn) _column = 0;
        if (_row == _bottom)
        {
            ScrollUp(1);
        }
        else if (_row < _rows.Count - 1)
        {
            _row++;
            if (_log is not null) EnterRow();
        }
    }

    public void CarriageReturn()
    {
        _returned = _column > 1 && Continues(_row);
        _column = 0;
    }

    public void Backspace() => _column = Math.Max(0, Position.Column - 1);

    /// <summary>
    /// At the end of a line the tab itself is kept, and a log line does not wrap at it. Anywhere else a tab only moves the cursor.
    /// </summary>
    public void WriteTab()
    {
        if (_log is null || !Wraps || !_tabs.AreDefault || _column != _rows[_row].Width)
        {
            Tab(1);
            return;
        }

        if (_column >= _limit)
        {
            if (_limit < _width) LineFeed(carriageReturn: true);
            else Wrap();
            WriteTab();
            return;
        }

        var cells = _cells ?? OpenRow();
        _touched = true;
        _column = cells.PutTab(_limit);
    }

    public void Tab(int count)
    {
        if (_column >= _width) return;
        for (; count > 0 && _column < _width - 1; count--) _column = Math.Min(_tabs.After(_column), _width - 1);
    }

    public void BackTab(int count)
    {
        if (_column >= _width) return;
        for (; count > 0 && _column > 0; count--) _column = _tabs.Before(_column);
    }

    public void SetTab() => _tabs.Set(_column);

    public void ClearTab(bool all)
    {
        if (all) _tabs.ClearAll();
        else _tabs.Clear(_column);
    }

    public void MoveToColumn(int column) => _column = Math.Clamp(column, 0, _width - 1);

    /// <summary>Moves right or, for a negative number, left.</summary>
    public void Right(int count) => MoveToColumn(Position.Column + count);

    /// <summary>Moves up, at most to the top of the region or, if the cursor is above it, of the screen.</summary>
    public void Up(int count) => MoveTo(Math.Max(_row - count, _row >= _top ? _top : 0), Position.Column);

    /// <summary>Moves down, at most to the bottom of the region or, if the cursor is below it, of the screen.</summary>
    public void Down(int count) => MoveTo(Math.Min(_row + count, _row <= _bottom ? _bottom : _rows.Count - 1), Position.Column);

    /// <summary>Moves down, ignoring the region.</summary>
    public void DownOnScreen(int count) => MoveTo(Math.Min(_row + count, _rows.Count - 1), Position.Column);

    /// <summary>Moves to a row of the screen or, in relative mode, of the region.</summary>
    public void MoveToRow(int row) =>
        MoveTo(IsRelative ? Math.Min(_top + row, _bottom) : Math.Min(row, _rows.Count - 1), Position.Column);

    /// <summary>Moves to a saved cursor position.</summary>
    public void MoveTo(int row, int column)
    {
        _column = Math.Clamp(column, 0, _width - 1);
        row = Math.Clamp(row, 0, _rows.Count - 1);
        if (row == _row) return;
        LeaveRow();
        _row = row;
        if (_log is not null && row < _log.PageTop) _log.PageTop = row;
    }

    /// <summary>Moves to the position of another screen's cursor.</summary>
    public void MoveTo(Screen other)
    {
        MoveTo(other._row, other._column);
        _column = other._column;
    }

    /// <summary>Moves one row up; at the top of the region, scrolls down instead (RI).</summary>
    public void ReverseIndex()
    {
        Restrict();
        if (_row == _top) ScrollDown(1);
        else if (_row > 0) MoveTo(_row - 1, _column);
    }

    /// <summary>Moves to the first cell of the screen or, in relative mode, of the region.</summary>
    public void MoveHome() => MoveTo(IsRelative ? _top : 0, 0);

    /// <summary>Sets the scroll region (DECSTBM) and moves to its start.</summary>
    public void SetRegion(int top, int bottom)
    {
        bottom = Math.Min(bottom, _rows.Count - 1);
        if (top >= bottom) return;
        LeaveRow();
        PutRegion(top, bottom);
        MoveHome();
    }

    /// <summary>Removes the scroll region; the cursor stays.</summary>
    public void ResetRegion() => PutRegion(0, _rows.Count - 1);

    /// <summary>Resets the screen to its initial state.</summary>
    public void Reset()
    {
        ResetRegion();
        Clear();
        _tabs.Reset();
    }

    /// <summary>Scrolls the region up. Rows that leave it stay in the log.</summary>
    public void ScrollUp(int count)
    {
        LeaveRow();
        count = Math.Min(count, _bottom - _top + 1);
        for (var row = _top; row < _top + count; row++)
        {
            _log?.Leave(row);
            _rows[row].Clear(_spare);
        }

        _rows.RotateUp(_top, _bottom, count);
    }

    /// <summary>Scrolls the region down. Rows that leave it disappear from the screen, but stay in the log.</summary>
    public void ScrollDown(int count)
    {
        LeaveRow();
        PushDown(_top, count);
    }

    /// <summary>Inserts empty rows at the cursor's row (IL).</summary>
    public void InsertLines(int count)
    {
        Restrict();
        if (_row < _top || _row > _bottom) return;
        LeaveRow();
        PushDown(_row, count);
        _column = 0;
    }

    /// <summary>Deletes rows from the cursor's row on; the rows below move up (DL).</summary>
    public void DeleteLines(int count)
    {
        Restrict();
        if (_row < _top || _row > _bottom) return;
        LeaveRow();
        SplitAt(_row);
        count = Math.Min(count, _bottom - _row + 1);
        for (var row = _row; row < _row + count; row++) Empty(row);
        _rows.RotateUp(_row, _bottom, count);
        _log?.Renumber(_row);
        _column = 0;
    }

    public void EraseToEnd()
    {
        if (Position.Column == 0 && _column == 0) EraseRow();
        else if (_column < _width) Edit(cells => cells.Truncate(_column));
    }

    public void EraseToStart(TextStyle style) => Edit(cells => cells.Erase(0, _column + 1, style));

    public void EraseRow()
    {
        Edit(cells => cells.Clear());
        _rows[_row].WrappedAt = 0;
        if (_returned) BeginAgain(_rows[_row].Line);
        if (_log is null || !Continues(_row) || Goes(_row)) return;
        _touched = false;
        _cells = null;
        _log.Drop(_row);
    }

    public void EraseCharacters(int count, TextStyle style)
    {
        Restrict();
        Edit(cells => cells.Erase(_column, _column + count, style));
    }

    public void InsertCharacters(int count, TextStyle style)
    {
        Restrict();
        Edit(cells => cells.Insert(_column, Math.Min(count, _width), _width, style));
    }

    public void DeleteCharacters(int count, TextStyle style)
    {
        Restrict();
        Edit(cells => cells.Delete(_column, count, style));
    }

    /// <summary>Erases from the cursor to the end. The log lines become empty too, because programs redraw them.</summary>
    public void EraseBelow()
    {
        EraseToEnd();
        for (var row = _row + 1; row < _rows.Count; row++)
        {
            var continues = _log is not null && Continues(row);
            if (_rows[row].Line is { } line && _rows[row].Width > 0) _log!.Mark(line);
            _rows[row].Clear(_spare);
            if (continues || _rows[row].Line is { IsReported: false }) _log!.Drop(row);
        }
    }

    /// <summary>Erases up to the cursor. The log keeps the rows above.</summary>
    public void EraseAbove(TextStyle style)
    {
        Settle();
        for (var row = 0; row < _row; row++)
        {
            _log?.Leave(row);
            _rows[row].Clear(_spare);
        }

        EraseToStart(style);
    }

    /// <summary>Erases the screen. The lines on it become final, and the log begins a new page.</summary>
    public void Clear()
    {
        LeaveRow();
        _log?.BeginPage(_row);
        for (var row = 0; row < _rows.Count; row++)
        {
            _rows[row].Clear(_spare);
        }
    }

    /// <summary>Reports all changes to the log.</summary>
    public void Report()
    {
        KeepChange();
        _log?.Report();
    }

    /// <summary>Call this at the end of the output.</summary>
    public void Complete()
    {
        KeepChange();
        Settle();
        _log?.Complete();
    }

    /// <summary>Changes the window size. If it has fewer rows, rows at the top scroll off.</summary>
    public void Resize(TerminalSize size)
    {
        WrapRow();
        LeaveRow();
        ResetRegion();
        var overflow = Math.Max(0, _row - size.Rows + 1);
        if (overflow > 0) ScrollUp(overflow);
        for (var row = size.Rows; row < _rows.Count; row++) _log?.Leave(row);
        _rows.Resize(size.Rows);
        PutRegion(0, size.Rows - 1);
        (_width, _limit) = (size.Columns, size.Columns);
        (_row, _column) = (_row - overflow, Math.Min(_column, _width - 1));
    }

    // A newline in the last row scrolls the screen, and normally that is all it does.
    private bool Passes(ScreenRow row) =>
        _log is not null && _row == _rows.Count - 1 && _bottom == _row && _top == 0 && Wraps && _log.IsReported(row.Line)
        && (!_backlog!.IsEmpty || !_log.HasSkippedRows(_row));

    // A line that passes needs no wrapping and, when this is all of it, no cells.
    private bool WriteUnwrapped(ReadOnlySpan<char> text, in TextStyle style, bool endsLine)
    {
        var end = _column + text.Length;
        if (!endsLine && end <= _width || end > LongestUnwrapped || Inserts) return false;
        var row = _rows[_row];
        if (!Passes(row) || !CellWriter.IsSimple(text)) return false;
        if (endsLine && _column == 0 && row.Width == 0)
        {
            _backlog!.Add(row, new StyledLine(new string(text), style.IsDefault ? [] : [new StyleRun(0, text.Length, style)]), isSimple: true, _width);
            return _passed = true;
        }

        var cells = _cells ?? OpenRow();
        if (!cells.IsSimple) return false;
        cells.Put(_column, text, style);
        _column = end;
        return _touched = true;
    }

    // The line of the cursor's row is finished and joins the backlog.
    private bool Pass()
    {
        if (!_passed)
        {
            var row = _rows[_row];
            if (row.Width == 0 || !row.IsDerivable || !Passes(row)) return false;
            _backlog!.Add(row, row.Text.ToLine(), row.IsSimple, _width);
            row.Clear(_spare);
            _cells = null;
        }

        (_passed, _touched, _returned, _column) = (false, false, false, 0);
        return true;
    }

    // Call this before anything looks at other rows than the cursor's.
    private void Settle()
    {
        if (_backlog is { IsEmpty: false }) _backlog.LayOut(_row, _width);
    }

    private LineCells OpenRow()
    {
        var row = _rows[_row];
        if (_log is not null && row.Line is null) _log.Begin(_row);
        return _cells = row.Open(_spare, Math.Max(_width, row.Width)); // it may be wider than a window that was made smaller
    }

    // Leaves blank rows and rows without a line unchanged.
    private void Edit(Action<LineCells> edit)
    {
        if (_rows[_row].Width == 0) return;
        edit(_cells ?? OpenRow());
        _touched = true;
    }

    private void Restrict() => _column = Position.Column;

    private void PutRegion(int top, int bottom)
    {
        SplitAt(top);
        SplitAt(bottom + 1);
        (_top, _bottom) = (top, bottom);
        _log?.SetRegion(top, bottom);
    }

    // The row is full: its line continues in the next row.
    private void Wrap()
    {
        var row = _rows[_row];
        if (_column < _width) _cells!.Truncate(_column); // a wide character did not fit
        row.WrappedAt = _column;
        if (_returned) BeginAgain(row.Line);
        LeaveRow();
        row.Close(_spare);
        var filled = Math.Max(row.Length, _column);
        _column = 0;
        if (row.Line is { } line) WrapLine(line, filled);
        else if (_row == _bottom) ScrollUp(1);
        else if (_row < _rows.Count - 1) _row++;
    }

    private void WrapLine(LogLine line, int filled)
    {
        if (_row + 1 == _top)
        {
            LineFeed(carriageReturn: true);
            return;
        }

        line.Rows++; // before scrolling, which must not end the line
        if (_row == _bottom) ScrollUp(1);
        else if (_row < _rows.Count - 1) _row++;
        var next = _rows[_row];
        if (next.Line == line)
        {
            line.Rows--;
            return;
        }

        var overwritten = next.Line is not null;
        if (overwritten) _log!.Drop(_row);
        next.Line = line;
        if (overwritten) _log!.Renumber(_row);
        line.FilledLength += filled;
        if (line.FilledLength <= LineAssembler.MaxLineLength - _width) return;
        line.FilledLength = _log!.LengthAbove(line, _row);
        var room = LineAssembler.MaxLineLength - line.FilledLength;
        if (room <= 0) LineFeed(carriageReturn: true);
        else _limit = Math.Min(_width, room);
    }

    // A program that does not know the window width redraws a bar from where the last row began, which would make one ever longer line. The
    // rows above this one show an earlier state of the bar.
    private void BeginAgain(LogLine? line)
    {
        if (line is null) return;
        for (var row = _row - 1; row >= 0 && _rows[row].Line == line; row--)
        {
            _rows[row].Line = null;
            line.Rows--;
        }

        line.ClearHead();
    }

    // The cursor leaves the row by a newline, which normally finishes the line.
    private void EndRow()
    {
        var row = _rows[_row];
        if (_log is null)
        {
            LeaveRow();
            return;
        }

        if (row.Line is null) _log.Begin(_row);
        var line = row.Line!;
        line.IsEnded = true;
        if (line.IsReported && !((_touched || line.IsChanged) && _log.IsNewest(line)))
        {
            LeaveRow();
            return;
        }

        row.Close(_spare);
        (_touched, _returned, _cells, _limit) = (false, false, null, _width);
        _log.Report(line, _row);
    }

    // The newline moved to an existing row.
    private void EnterRow()
    {
        if (_rows[_row].Line is not { } line) return;
        var above = _rows[_row - 1].Line;
        if (line == above)
        {
            if (_rows[_row].Width == 0 && !Goes(_row)) _log!.Drop(_row);
            else _log!.Split(_row);
        }
        else if (above is { IsReported: true } && line.IsReported && line.Number < above.Number)
        {
            _log!.Detach(_row); // a footer whose region was removed
        }
    }

    private void LeaveRow()
    {
        KeepChange();
        Settle();
        (_returned, _cells, _limit) = (false, null, _width);
    }

    private void KeepChange()
    {
        if (!_touched) return;
        _touched = false;
        if (_rows[_row].Line is not { } line) return;
        _log!.Mark(line);
        if (!line.IsReported && (_row < _top || _row > _bottom)) _log.Report(line, _row); // a footer precedes the rows that scroll above it
    }

    private bool Continues(int row) =>
        _rows[row].Line is { } line && (line.HasHead || row > 0 && _rows[row - 1].Line == line);

    private bool Goes(int row) => row < _rows.Count - 1 && _rows[row].Line is { } line && _rows[row + 1].Line == line;

    // A line cannot span rows that move and rows that stay.
    private void SplitAt(int row)
    {
        if (row > 0 && Goes(row - 1)) _log!.Split(row);
    }

    private void PushDown(int first, int count)
    {
        SplitAt(first);
        var height = _bottom - first + 1;
        count = Math.Min(count, height);
        for (var row = _bottom - count + 1; row <= _bottom; row++) Empty(row);
        _rows.RotateUp(first, _bottom, height - count);
        _log?.Insert(first, first + count - 1);
    }

    private void Empty(int row)
    {
        if (_rows[row].Line is not null) _log!.Drop(row);
        _rows[row].Clear(_spare);
    }
}
